using FsCheck.Xunit;
using SockSort.Training.Evaluation;
using SockSort.Training.Head;
using SockSort.Training.Rejection;

namespace SockSort.Training.Tests.Evaluation;

public class SharesTests
{
    private const double Coldest = 0.02;

    [Fact]
    public void Given_scores_far_apart_at_the_coldest_temperature_expect_shares_and_no_overflow()
    {
        var shares = HeldOutLogits.SharesOf([3, -3, 1.5f], Coldest);

        Assert.Equal([1f, 0, 0], shares, (one, other) => Math.Abs(one - other) < 1e-6);
    }

    [Fact]
    public void Given_a_cold_temperature_expect_a_threshold_that_is_a_share()
    {
        (float[], int)[] rows = [([4, -2, 0], 0), ([-3, 5, 1], 1), ([0.2f, 0.1f, 0], -1)];

        var threshold = RejectionThreshold.Choose(rows, background: 2, Coldest);

        Assert.InRange(threshold!.Rounded, 0, 1);
    }

    [Property]
    public void Shares_of_any_scores_at_any_temperature_are_finite_and_add_up_to_1(sbyte[] scores, byte heat)
    {
        float[] logits = [.. scores.Select(score => score / 4f), 0];

        var shares = HeldOutLogits.SharesOf(logits, Math.Max(Coldest, heat / 25.0));
        var again = TemperatureScaling.Apply(shares, Coldest);

        Assert.Equal(1, shares.Sum(), 1e-4);
        Assert.Equal(1, again.Sum(), 1e-4);
    }

    [Property]
    public void The_best_temperature_and_the_threshold_of_any_rows_are_numbers(sbyte[] scores, byte classes)
    {
        var width = 2 + classes % 6;
        var rows = scores.Chunk(width).Where(chunk => chunk.Length == width)
            .Select((chunk, at) => (chunk.Select(score => score / 2f).ToArray(), at % (width + 1) - 1)).ToArray();

        var temperature = TemperatureScaling.Best(rows);
        var threshold = RejectionThreshold.Choose(rows, background: 0, temperature);

        Assert.InRange(temperature, Coldest, 10);
        Assert.True(threshold is null || (threshold.Rounded >= 0 && threshold.Rounded <= 1));
    }
}
