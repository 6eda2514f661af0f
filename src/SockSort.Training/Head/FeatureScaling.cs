using System.Numerics.Tensors;
using SockSort.Models.Onnx;
using SockSort.Training.Features;

namespace SockSort.Training.Head;

/// <summary>
/// Moves features to mean 0 and halfway (on a logarithmic scale) to one deviation, so that faint features count more
/// than they would but not as much as strong ones; brings a head that was learnt there back to plain embeddings.
/// </summary>
/// <remarks>
/// Tried on sample photos against a camera recording, 5 seeds, L2 0.3: none of it 90-100 % of the frames, all of it
/// 71-100 %, halfway 98-100 %.
/// </remarks>
internal sealed class FeatureScaling
{
    // A feature that hardly ever moves would be blown up by its own deviation.
    private const float SmallestShare = 0.05f;

    private readonly float[] _mean;
    private readonly float[] _scale;

    private FeatureScaling(float[] mean, float[] scale) => (_mean, _scale) = (mean, scale);

    public static FeatureScaling Of(EmbeddedSet set, IReadOnlyList<int> rows)
    {
        var (mean, squares, scale) = (new float[set.Width], new float[set.Width], new float[set.Width]);
        foreach (var row in rows)
        {
            TensorPrimitives.Add(mean, set.Row(row), mean);
            TensorPrimitives.MultiplyAdd(set.Row(row), set.Row(row), squares, squares);
        }
        TensorPrimitives.Divide(mean, rows.Count, mean);
        TensorPrimitives.Divide(squares, rows.Count, squares);
        TensorPrimitives.Multiply(mean, mean, scale);
        TensorPrimitives.Subtract(squares, scale, scale);
        TensorPrimitives.Max(scale, 0, scale);
        var common = MathF.Sqrt(TensorPrimitives.Sum<float>(scale) / scale.Length);
        for (var i = 0; i < scale.Length; i++)
            scale[i] = common == 0 ? 1 : MathF.Sqrt(common * MathF.Max(MathF.Sqrt(scale[i]), SmallestShare * common));
        return new FeatureScaling(mean, scale);
    }

    public float[] Apply(EmbeddedSet set, IReadOnlyList<int> rows)
    {
        var scaled = new float[rows.Count * set.Width];
        for (var i = 0; i < rows.Count; i++)
        {
            var target = scaled.AsSpan(i * set.Width, set.Width);
            TensorPrimitives.Subtract(set.Row(rows[i]), _mean, target);
            TensorPrimitives.Divide(target, _scale, target);
        }
        return scaled;
    }

    public LinearHead Undo(LinearHead head)
    {
        var (weights, bias) = (new float[head.Weights.Length], new float[head.Classes]);
        for (var known = 0; known < head.Classes; known++)
        {
            var row = weights.AsSpan(known * head.Width, head.Width);
            TensorPrimitives.Divide(head.Weights.AsSpan(known * head.Width, head.Width), _scale, row);
            bias[known] = head.Bias[known] - TensorPrimitives.Dot(row, _mean);
        }
        return new LinearHead(weights, bias);
    }
}
