using System.Numerics.Tensors;
using SockSort.Models.Onnx;
using SockSort.Training.Evaluation;

namespace SockSort.Training.Head;

/// <summary>Scores of pictures whose head had not seen them.</summary>
internal sealed class HeldOutLogits
{
    private readonly List<(float[] Logits, int Class)> _rows = [];

    /// <summary>Scores and classes as they were added.</summary>
    public IReadOnlyList<(float[] Logits, int Class)> Rows => _rows;

    /// <param name="head">What was learnt.</param>
    /// <param name="embedding">Of the picture.</param>
    /// <param name="known">Its class; -1 = it shows none of them, and all should be as likely.</param>
    public void Add(LinearHead head, ReadOnlySpan<float> embedding, int known)
    {
        var logits = new float[head.Classes];
        SoftmaxRegression.Score(head, embedding, logits);
        _rows.Add((logits, known));
    }

    /// <summary>0..1; not a number where nothing was held out.</summary>
    public double ShareRight() => (double)_rows.Count(IsRight) / _rows.Count;

    /// <summary>Pictures of a class.</summary>
    public int Known => _rows.Count(row => row.Class >= 0);

    /// <summary>Those of <see cref="Known"/> whose class has the highest score.</summary>
    public int Right => _rows.Count(IsRight);

    /// <summary>Shares of 1 that scores mean at a temperature.</summary>
    public static float[] SharesOf(ReadOnlySpan<float> logits, double temperature)
    {
        var shares = new float[logits.Length];
        TensorPrimitives.Divide(logits, (float)temperature, shares);
        Shares.SoftMax(shares, shares);
        return shares;
    }

    private static bool IsRight((float[] Logits, int Class) row) => TensorPrimitives.IndexOfMax<float>(row.Logits) == row.Class;

    /// <summary>At which the pictures of a class are told with as much certainty as they are told right.</summary>
    public double TemperatureByShareRight() => TemperatureScaling.ByShareRight([.. _rows.Where(row => row.Class >= 0)]);

    /// <summary>See <see cref="TemperatureScaling"/>.</summary>
    public double BestTemperature() => TemperatureScaling.Best(_rows);
}
