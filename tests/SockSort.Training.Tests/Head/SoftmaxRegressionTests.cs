using SockSort.Training.Augmentation;
using SockSort.Training.Features;
using SockSort.Training.Head;

namespace SockSort.Training.Tests.Head;

public class SoftmaxRegressionTests
{
    [Fact]
    public void Clusters_that_a_plane_parts_are_learnt_and_new_points_of_them_told()
    {
        var (taught, asked) = (Clusters(seed: 1), Clusters(seed: 2));

        var head = SoftmaxRegression.Fit(taught, [.. Enumerable.Range(0, taught.Count)], classes: 3, l2: 0.01, smoothing: 0.1);

        Assert.All(
            Enumerable.Range(0, asked.Count), row => Assert.Equal(asked.Classes[row], SoftmaxRegression.Predict(head, asked.Row(row))));
    }

    [Fact]
    public void Learning_ends_where_the_gradient_vanishes()
    {
        var set = Clusters(seed: 3);
        int[] rows = [.. Enumerable.Range(0, set.Count)];
        var scaling = FeatureScaling.Of(set, rows);
        var loss = new SoftmaxLoss(scaling.Apply(set, rows), set.Classes, set.Width, classCount: 3, l2: 0.1, smoothing: 0.1);
        var (point, gradient) = (new float[3 * (set.Width + 1)], new float[3 * (set.Width + 1)]);

        Lbfgs.Minimise(loss.Evaluate, point, mostSteps: 150, tolerance: 3e-4);
        loss.Evaluate(point, gradient);

        Assert.InRange(gradient.Max(MathF.Abs), 0, 3e-4f);
    }

    [Fact]
    public void A_head_learnt_on_scaled_features_gives_the_same_scores_on_plain_ones()
    {
        var set = Clusters(seed: 4);
        int[] rows = [.. Enumerable.Range(0, set.Count)];
        var scaling = FeatureScaling.Of(set, rows);
        var learnt = new SockSort.Models.Onnx.LinearHead([.. Enumerable.Range(0, 3 * set.Width).Select(i => i % 7 - 3f)], [1, 2, 3]);
        var scaled = new EmbeddedSet(set.Width, scaling.Apply(set, rows), set.Classes, set.Photos, set.IsCopy, set.Seen);
        var (expected, actual) = (new float[3], new float[3]);

        SoftmaxRegression.Score(learnt, scaled.Row(5), expected);
        SoftmaxRegression.Score(scaling.Undo(learnt), set.Row(5), actual);

        Assert.Equal(expected, actual, (a, b) => MathF.Abs(a - b) < 1e-3f);
    }

    /// <summary>Three clusters of 20 in 8 dimensions, one dimension far off and of another scale, one constant.</summary>
    private static EmbeddedSet Clusters(int seed)
    {
        const int Width = 8, Count = 60;
        var values = new float[Count * Width];
        new SampleRandom(seed, 0).AddNormal(values, 0.3f);
        for (var row = 0; row < Count; row++)
        {
            values[row * Width + row % 3] += 2;
            values[row * Width + 6] = values[row * Width + 6] * 100 + 5000;
            values[row * Width + 7] = 4;
        }
        return new EmbeddedSet(
            Width, values, [.. Enumerable.Range(0, Count).Select(row => row % 3)], new int[Count], new bool[Count], new int[Count]);
    }
}
