using System.Numerics.Tensors;
using SockSort.Models.Onnx;
using SockSort.Training.Evaluation;

namespace SockSort.Training.Head;

/// <summary>Scores of pictures whose head had not seen them.</summary>
internal sealed class HeldOutLogits
{
    private readonly List<(float[] Logits, int Class)> _rows = [];

    public void Add(LinearHead head, ReadOnlySpan<float> embedding, int known)
    {
        var logits = new float[head.Classes];
        SoftmaxRegression.Score(head, embedding, logits);
        _rows.Add((logits, known));
    }

    /// <summary>0..1; not a number where nothing was held out.</summary>
    public double ShareRight() => (double)_rows.Count(row => TensorPrimitives.IndexOfMax(row.Logits) == row.Class) / _rows.Count;

    /// <summary>See <see cref="TemperatureScaling"/>.</summary>
    public double BestTemperature() => TemperatureScaling.Best(_rows);
}
