using SockSort.Training.Evaluation;

namespace SockSort.Training.Tests.Evaluation;

public class ShareRangeTests
{
    // Expected values: R's binom.confint(x, n, methods = "wilson").
    [Theory]
    [InlineData(42, 42, 0.9162, 1)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(81, 263, 0.2553, 0.3662)]
    public void Few_pictures_leave_a_wide_range(int part, int whole, double low, double high)
    {
        var range = ShareRange.Of(part, whole);

        Assert.Equal((low, high), (Math.Round(range.Low, 4), Math.Round(range.High, 4)));
    }
}
