using FsCheck.Xunit;
using SockSort.Training.Evaluation;

namespace SockSort.Training.Tests.Evaluation;

public class KnownUnknownTests
{
    [Theory]
    [InlineData(new[] { 3.0, 4 }, new[] { 1.0, 2 }, 1)]
    [InlineData(new[] { 1.0, 2 }, new[] { 3.0, 4 }, 0)]
    [InlineData(new[] { 1.0, 3 }, new[] { 2.0 }, 0.5)]
    [InlineData(new[] { 2.0 }, new[] { 2.0, 2 }, 0.5)]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 2.0 }, 0.5)]
    public void It_is_the_chance_that_a_known_picture_scores_higher(double[] known, double[] unknown, double auc)
    {
        Assert.Equal(auc, KnownUnknown.Auc(known, unknown));
    }

    [Fact]
    public void Without_one_side_there_is_no_figure()
    {
        Assert.Null(KnownUnknown.Auc([1], []));
        Assert.Null(KnownUnknown.Auc([], [1]));
    }

    [Property]
    public bool Ranks_give_what_comparing_every_pair_gives(byte[] known, byte[] unknown)
    {
        double[] high = [.. known.Select(score => score / 16), 3], low = [.. unknown.Select(score => score / 16), 5];
        // A pair that is told apart counts 1, one of equal scores a half.
        var pairs = high.SelectMany(_ => low, (k, u) => (k.CompareTo(u) + 1) / 2.0).Average();

        return Math.Abs(KnownUnknown.Auc(high, low)!.Value - pairs) < 1e-9;
    }
}
