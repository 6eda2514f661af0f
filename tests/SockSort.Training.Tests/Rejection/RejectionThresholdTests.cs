using SockSort.Training.Rejection;

namespace SockSort.Training.Tests.Rejection;

public class RejectionThresholdTests
{
    [Fact]
    public void The_threshold_lies_where_pictures_of_left_out_classes_part_from_the_others()
    {
        // Three classes and Blank; each picture is sure of its own class and torn between the others.
        (float[] Logits, int Class)[] rows = [([6, 0, 0, 0], 0), ([0, 6, 0, 0], 1), ([0, 0, 6, 0], 2)];

        var chosen = RejectionThreshold.Choose(rows, background: 3, temperature: 1)!;

        // Two thirds of the scores are known ones, at e^6 / (e^6 + 2); the rest is 1/3.
        Assert.Equal((1, 1), (chosen.KnownKept, chosen.UnknownFound));
        Assert.Equal(Math.Exp(6) / (Math.Exp(6) + 2), chosen.Threshold, 1e-5);
    }

    [Fact]
    public void Pictures_of_no_class_count_as_unknown()
    {
        (float[] Logits, int Class)[] rows = [([5, 0, 0], 0), ([0, 5, 0], 1), ([1, 1, 1], -1), ([0, 4, 4], -1)];

        var chosen = RejectionThreshold.Choose(rows, background: 2, temperature: 1)!;

        Assert.Equal(1, chosen.KnownKept);
        Assert.InRange(chosen.UnknownFound, 0.8, 1);
    }

    [Fact]
    public void Without_known_or_unknown_pictures_there_is_none() =>
        Assert.Null(RejectionThreshold.Choose([([1, 2], -1)], background: 0, temperature: 1));
}
