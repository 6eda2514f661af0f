using System.Numerics.Tensors;
using SockSort.Models.Onnx;
using SockSort.Training.Features;

namespace SockSort.Training.Rejection;

/// <summary>Mean of each class, and how pictures spread around it, the same for all classes: what distances are measured by.</summary>
internal sealed class ClassSpread
{
    // Share of the covariance that is the same in all directions: with fewer pictures than numbers the rest of it knows nothing of most.
    // 0.05 to 0.3 were tried; below, distances of new pictures grow without bounds.
    private const float Shrinkage = 0.1f;

    private const float LeastVariance = 1e-12f;

    private readonly TappedValue _value;
    private readonly float[] _centre;
    private readonly float[] _means;
    private readonly float[] _axes;
    private readonly float[] _places;
    private readonly float _gain;
    private readonly float _rest;

    private ClassSpread(TappedValue value, float[] centre, int[] classes, float[] means, float[] axes, float gain, float rest)
    {
        (_value, _centre, Classes, _means, _axes, _gain, _rest) = (value, centre, classes, means, axes, gain, rest);
        _places = new float[classes.Length * AxisCount];
        for (var known = 0; known < classes.Length; known++)
            PlaceOf(means.AsSpan(known * Width, Width), _places.AsSpan(known * AxisCount, AxisCount));
    }

    /// <summary>The classes that it knows, in the order of the distances.</summary>
    public int[] Classes { get; }

    private int Width => _value.Width;

    private int AxisCount => _axes.Length / Width;

    /// <param name="set">Rows that hold the value.</param>
    /// <param name="value">What is measured.</param>
    /// <param name="rows">Rows of known classes, at least one.</param>
    public static ClassSpread Of(EmbeddedSet set, TappedValue value, IReadOnlyList<int> rows)
    {
        int[] classes = [.. rows.Select(row => set.Classes[row]).Distinct().Order()];
        var (count, width) = (rows.Count, value.Width);
        var (centre, means, residuals) = (new float[width], new float[classes.Length * width], new float[count * width]);
        foreach (var row in rows)
            TensorPrimitives.Add(centre, Part(set, value, row), centre);
        TensorPrimitives.Divide(centre, count, centre);
        foreach (var (index, known) in classes.Index())
        {
            int[] own = [.. rows.Where(row => set.Classes[row] == known)];
            var mean = means.AsSpan(index * width, width);
            foreach (var row in own)
                TensorPrimitives.Add(mean, Part(set, value, row), mean);
            TensorPrimitives.Divide(mean, own.Length, mean);
        }
        for (var i = 0; i < count; i++)
        {
            var known = Array.BinarySearch(classes, set.Classes[rows[i]]);
            TensorPrimitives.Subtract(
                Part(set, value, rows[i]), means.AsSpan(known * width, width), residuals.AsSpan(i * width, width));
        }
        for (var known = 0; known < classes.Length; known++)
            TensorPrimitives.Subtract(means.AsSpan(known * width, width), centre, means.AsSpan(known * width, width));
        var variance = MathF.Max(TensorPrimitives.SumOfSquares<float>(residuals) / residuals.Length, LeastVariance);
        var same = Shrinkage * variance;
        var (axes, gain, rest) = width <= count ? Few(residuals, count, width, same) : Many(residuals, count, width, same);
        return new ClassSpread(value, centre, classes, means, axes, gain, rest);
    }

    /// <summary>Logarithms of the squared distances to each of <see cref="Classes"/>.</summary>
    public float[] LogDistances(EmbeddedSet set, int row)
    {
        var (at, place) = (new float[Width], new float[AxisCount]);
        TensorPrimitives.Subtract(Part(set, _value, row), _centre, at);
        PlaceOf(at, place);
        var distances = new float[Classes.Length];
        for (var known = 0; known < distances.Length; known++)
        {
            var all = _rest == 0 ? 0 : _rest * Square(TensorPrimitives.Distance<float>(at, _means.AsSpan(known * Width, Width)));
            var along = Square(TensorPrimitives.Distance<float>(place, _places.AsSpan(known * AxisCount, AxisCount)));
            distances[known] = MathF.Log(MathF.Max(all + _gain * along, UnknownHead.LeastDistance));
        }
        return distances;
    }

    /// <summary>The same as part of a graph.</summary>
    public ClassDistances ToGraph()
    {
        var means = new float[_means.Length];
        for (var known = 0; known < Classes.Length; known++)
            TensorPrimitives.Add(_means.AsSpan(known * Width, Width), _centre, means.AsSpan(known * Width, Width));
        return new ClassDistances(_value.Name, _value.IsMap, _centre, means, _axes, _gain, _rest);
    }

    private static ReadOnlySpan<float> Part(EmbeddedSet set, TappedValue value, int row) =>
        set.Row(row).Slice(value.First, value.Width);

    private static float Square(float value) => value * value;

    /// <summary>Fewer numbers than pictures: the covariance itself is inverted; its axes are the rows of the inverse root.</summary>
    private static (float[] Axes, float Gain, float Everywhere) Few(float[] residuals, int count, int width, float same)
    {
        var across = new float[residuals.Length];
        for (var row = 0; row < count; row++)
        {
            for (var i = 0; i < width; i++)
                across[i * count + row] = residuals[row * width + i];
        }
        var covariance = Cholesky.Gram(across, width, count);
        TensorPrimitives.Multiply(covariance, (1 - Shrinkage) / count, covariance);
        var unit = new float[width * width];
        for (var i = 0; i < width; i++)
        {
            covariance[i * width + i] += same;
            unit[i * width + i] = 1;
        }
        Cholesky.SolveRows(covariance, width, unit, width);
        return (unit, 1, 0);
    }

    /// <summary>
    /// More numbers than pictures (Woodbury's identity): the distance is the same in all directions, less what lies along the pictures.
    /// </summary>
    private static (float[] Axes, float Gain, float Everywhere) Many(float[] residuals, int count, int width, float same)
    {
        var gram = Cholesky.Gram(residuals, count, width);
        for (var i = 0; i < count; i++)
            gram[i * count + i] += same * count / (1 - Shrinkage);
        Cholesky.SolveRows(gram, count, residuals, width);
        return (residuals, -1 / same, 1 / same);
    }

    private void PlaceOf(ReadOnlySpan<float> at, Span<float> place)
    {
        for (var axis = 0; axis < place.Length; axis++)
            place[axis] = TensorPrimitives.Dot(at, _axes.AsSpan(axis * Width, Width));
    }
}
