using SockSort.Training.Evaluation;

namespace SockSort.Training.Tests.Evaluation;

public class CalibrationTests
{
    [Fact]
    public void Probabilities_that_are_true_shares_have_no_error()
    {
        var answers = Enumerable.Range(0, 100).Select(i => (0.75, i < 75));

        Assert.Equal(0, Reliability.Of(answers).ExpectedError!.Value, 1e-12);
    }

    [Fact]
    public void The_error_is_the_distance_weighted_by_pictures()
    {
        // 3 pictures at 0.9, 1 of them right; 1 picture at 0.5, right.
        var reliability = Reliability.Of([(0.9, true), (0.9, false), (0.9, false), (0.5, true)]);

        Assert.Equal((3 * (0.9 - 1 / 3.0) + 1 * 0.5) / 4, reliability.ExpectedError!.Value, 1e-12);
    }

    [Fact]
    public void Bins_cover_0_to_1_and_hold_their_upper_end()
    {
        var bins = Reliability.Of([(0, false), (1, true), (1 / 15.0, true)]).Bins;

        Assert.Equal(15, bins.Count);
        Assert.Equal((0.0, 1.0), (bins[0].Above, bins[^1].UpTo));
        Assert.Equal((2, 1), (bins[0].Count, bins[^1].Count));
        Assert.Equal(3, bins.Sum(bin => bin.Count));
    }

    [Fact]
    public void A_temperature_and_its_inverse_give_the_probabilities_back()
    {
        float[] before = [0.7f, 0.2f, 0.1f];

        var sharper = TemperatureScaling.Apply(before, 0.5);
        var after = TemperatureScaling.Apply(sharper, 2);

        Assert.Equal([0.49f / 0.54f, 0.04f / 0.54f, 0.01f / 0.54f], sharper, (a, b) => MathF.Abs(a - b) < 1e-6f);
        Assert.Equal(before, after, (a, b) => MathF.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void A_temperature_by_the_share_told_right_makes_it_as_sure_as_that_with_one_mistake_more()
    {
        // 8 of 8 are right, which counts as 9 of 10: e^(3 / t) = 9.
        (float[] Logits, int Class)[] rows = [.. Enumerable.Repeat<(float[], int)>(([3, 0], 0), 8)];

        Assert.Equal(3 / Math.Log(9), TemperatureScaling.ByShareRight(rows), 1e-3);
    }

    [Fact]
    public void Probabilities_of_0_and_1_survive_a_temperature()
    {
        Assert.Equal([1, 0], TemperatureScaling.Apply([1, 0], 0.5));
        Assert.All(TemperatureScaling.Apply([1, 0], 10), share => Assert.InRange(share, 0, 1));
    }

    [Fact]
    public void The_error_before_the_temperature_is_that_of_the_logits_as_they_were_learnt()
    {
        // Odds of 3 to 1 were learnt and are true; a temperature of 1/2 made 9 to 1 of them.
        var judgements = Enumerable.Range(0, 100).Select(i => Judged.As(i < 75 ? 0 : 1, 0.9f, 0.1f)).ToArray();

        var result = new EvaluationResult(["A", "B"], judgements, temperature: 0.5);

        Assert.Equal(0.15, result.Reliability.ExpectedError!.Value, 1e-6);
        Assert.Equal(0, result.ReliabilityBefore.ExpectedError!.Value, 1e-6);
    }
}
