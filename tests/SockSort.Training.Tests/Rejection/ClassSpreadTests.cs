using SockSort.Training.Features;
using SockSort.Training.Rejection;

namespace SockSort.Training.Tests.Rejection;

public class ClassSpreadTests
{
    private const float Shrinkage = 0.1f;

    [Theory]
    [InlineData(4)]
    [InlineData(30)]
    public void The_distance_is_Mahalanobis_s_with_a_covariance_that_leans_to_one_that_is_the_same_everywhere(int width)
    {
        var set = Rows(count: 12, width);
        var value = new TappedValue("value", IsMap: false, First: 0, width);

        var spread = ClassSpread.Of(set, value, [.. Enumerable.Range(0, 11)]);

        var naive = Naive(set, rows: 11, width);
        Assert.Equal([0, 1], spread.Classes);
        Assert.Equal(naive, spread.LogDistances(set, 11).Select(log => Math.Exp(log)), (a, b) => Math.Abs(a - b) < 1e-3 * a);
    }

    private static EmbeddedSet Rows(int count, int width)
    {
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, count * width).Select(i => random.NextSingle() * (1 + i % width))];
        int[] classes = [.. Enumerable.Range(0, count).Select(row => row % 2)];
        return new EmbeddedSet(width, values, classes, classes, new bool[count], classes);
    }

    /// <summary>By the inverse of the covariance matrix, in 64 bits.</summary>
    private static double[] Naive(EmbeddedSet set, int rows, int width)
    {
        var builder = MathNet.Numerics.LinearAlgebra.Vector<double>.Build;
        var all = Enumerable.Range(0, rows + 1).Select(row => builder.Dense(width, i => set.Row(row)[i])).ToArray();
        var means = Enumerable.Range(0, 2).Select(known =>
        {
            var own = Enumerable.Range(0, rows).Where(row => set.Classes[row] == known).Select(row => all[row]).ToArray();
            return own.Aggregate((a, b) => a + b) / own.Length;
        }).ToArray();
        var covariance = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(width, width);
        for (var row = 0; row < rows; row++)
        {
            var off = all[row] - means[set.Classes[row]];
            covariance += off.OuterProduct(off) / rows;
        }
        var same = covariance.Trace() / width;
        covariance = covariance * (1 - Shrinkage)
            + MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(width) * same * Shrinkage;
        return [.. means.Select(mean => (all[rows] - mean) * covariance.Inverse() * (all[rows] - mean))];
    }
}
