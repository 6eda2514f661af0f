using System.Numerics.Tensors;
using SockSort.Models.Onnx;
using SockSort.Training.Features;

namespace SockSort.Training.Head;

/// <summary>Learns which embedding means which class: one linear function a class, softmax, cross-entropy, L2.</summary>
internal static class SoftmaxRegression
{
    private const int MostSteps = 150;
    private const double Tolerance = 3e-5;

    /// <param name="set">At least one row a class.</param>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="l2">Weight of half the squared weights; the bias is free.</param>
    /// <param name="smoothing">Share of a target that is spread over all classes.</param>
    /// <param name="losses">Receives the loss at each point that was tried; may be null.</param>
    public static LinearHead Fit(
        EmbeddedSet set, IReadOnlyList<int> rows, int classes, double l2, double smoothing, ICollection<double>? losses = null)
    {
        var scaling = FeatureScaling.Of(set, rows);
        var loss = new SoftmaxLoss(scaling.Apply(set, rows), [.. rows.Select(row => set.Classes[row])], set.Width, classes, l2, smoothing);
        var point = new float[classes * (set.Width + 1)];
        Lbfgs.Minimise(Evaluate, point, MostSteps, Tolerance);
        return scaling.Undo(new LinearHead(point[..(classes * set.Width)], point[(classes * set.Width)..]));

        double Evaluate(ReadOnlySpan<float> at, Span<float> gradient)
        {
            var value = loss.Evaluate(at, gradient);
            losses?.Add(value);
            return value;
        }
    }

    /// <summary>The class with the highest score.</summary>
    public static int Predict(LinearHead head, ReadOnlySpan<float> embedding)
    {
        var logits = new float[head.Classes];
        Score(head, embedding, logits);
        return TensorPrimitives.IndexOfMax(logits);
    }

    /// <param name="head">As learnt.</param>
    /// <param name="embedding">Of the picture.</param>
    /// <param name="logits">Receives one score a class.</param>
    public static void Score(LinearHead head, ReadOnlySpan<float> embedding, Span<float> logits)
    {
        for (var known = 0; known < head.Classes; known++)
            logits[known] = TensorPrimitives.Dot(head.Weights.AsSpan(known * head.Width, head.Width), embedding) + head.Bias[known];
    }
}
