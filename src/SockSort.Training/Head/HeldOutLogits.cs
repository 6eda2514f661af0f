using System.Numerics.Tensors;
using SockSort.Models.Onnx;

namespace SockSort.Training.Head;

/// <summary>Scores of pictures whose head had not seen them.</summary>
internal sealed class HeldOutLogits
{
    private const double Coldest = 0.02;
    private const double Hottest = 10;

    private readonly List<(float[] Logits, int Class)> _rows = [];

    public void Add(LinearHead head, ReadOnlySpan<float> embedding, int known)
    {
        var logits = new float[head.Classes];
        SoftmaxRegression.Score(head, embedding, logits);
        _rows.Add((logits, known));
    }

    /// <summary>0..1; not a number where nothing was held out.</summary>
    public double ShareRight() => (double)_rows.Count(row => TensorPrimitives.IndexOfMax(row.Logits) == row.Class) / _rows.Count;

    /// <summary>
    /// The temperature with the smallest mean cross-entropy, 0.02 to 10. Guo et al. 2017, On Calibration of Modern Neural Networks.
    /// </summary>
    public double BestTemperature()
    {
        // The loss has one minimum over 1 / temperature; golden section on its logarithm.
        var golden = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(Coldest), Math.Log(Hottest));
        for (var step = 0; step < 30; step++)
        {
            var (left, right) = (high - golden * (high - low), low + golden * (high - low));
            (low, high) = Loss(Math.Exp(left)) < Loss(Math.Exp(right)) ? (low, right) : (left, high);
        }
        return Math.Exp((low + high) / 2);
    }

    private double Loss(double temperature)
    {
        var loss = 0.0;
        foreach (var (logits, known) in _rows)
        {
            var highest = TensorPrimitives.Max<float>(logits);
            var sum = 0.0;
            foreach (var logit in logits)
                sum += Math.Exp((logit - highest) / temperature);
            loss += Math.Log(sum) - (logits[known] - highest) / temperature;
        }
        return loss;
    }
}
