using FsCheck.Xunit;
using SockSort.Training.Augmentation;
using SockSort.Training.Head;

namespace SockSort.Training.Tests.Head;

public class SoftmaxLossTests
{
    [Property(MaxTest = 30)]
    public void The_gradient_is_the_slope_of_the_loss(int seed)
    {
        const int Rows = 7, Width = 5, Classes = 3;
        var random = new SampleRandom(seed, 0);
        var features = new float[Rows * Width];
        random.AddNormal(features, 1);
        var loss = new SoftmaxLoss(
            features, [.. Enumerable.Range(0, Rows).Select(_ => random.Below(Classes))], Width, Classes, l2: 0.1, smoothing: 0.1);
        var point = new float[Classes * (Width + 1)];
        random.AddNormal(point, 1);
        var (gradient, unused) = (new float[point.Length], new float[point.Length]);
        loss.Evaluate(point, gradient);

        var slopes = Enumerable.Range(0, point.Length).Select(i => (float)((At(i, 0.01f) - At(i, -0.01f)) / 0.02)).ToArray();

        Assert.Equal(slopes, gradient, (a, b) => MathF.Abs(a - b) < 2e-3f);

        double At(int index, float step)
        {
            var moved = point.ToArray();
            moved[index] += step;
            return loss.Evaluate(moved, unused);
        }
    }

    [Fact]
    public void Huge_scores_give_a_finite_loss()
    {
        var loss = new SoftmaxLoss([1000f], [1], width: 1, classCount: 2, l2: 0, smoothing: 0);
        var gradient = new float[4];

        var value = loss.Evaluate([10, -10, 0, 0], gradient);

        Assert.Equal(20_000, value, 1.0);
        Assert.Equal([1000, -1000, 1, -1], gradient);
    }
}
