using SockSort.Training.Evaluation.Report;

namespace SockSort.Training.Tests.Evaluation.Report;

public class ReportSelectionTests
{
    [Fact]
    public void An_unknown_label_that_is_a_number_shares_no_cell_with_the_class_of_that_number()
    {
        var known = ReportSelection.KeyOf(Judged.As(1, 0.9f, 0.1f));
        var unknown = ReportSelection.KeyOf(Judged.As(-1, 0.9f, 0.1f) with { Label = "class-1" });

        Assert.NotEqual(known, unknown);
        Assert.Equal(unknown, ReportSelection.CellOf(-1, "1", said: 0));
    }
}
