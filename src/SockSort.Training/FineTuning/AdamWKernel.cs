using System.Numerics;
using System.Runtime.InteropServices;

namespace SockSort.Training.FineTuning;

/// <summary>One step of AdamW over one tensor's numbers, in one pass.</summary>
/// <remarks>
/// Source: Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019), algorithm 2; eps outside the root, as in PyTorch.
/// </remarks>
internal static class AdamWKernel
{
    public const float Beta1 = 0.9f;
    public const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    /// <param name="values">The parameters; changed.</param>
    /// <param name="gradient">Same length.</param>
    /// <param name="mean">Same length; running mean of the gradient; changed.</param>
    /// <param name="square">Same length; running mean of its square; changed.</param>
    /// <param name="step">From 1.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="decay">Share of the rate by which the parameters shrink.</param>
    public static void Step(
        Span<float> values, ReadOnlySpan<float> gradient, Span<float> mean, Span<float> square, int step, float rate, float decay)
    {
        if (gradient.Length != values.Length || mean.Length != values.Length || square.Length != values.Length)
            throw new ArgumentException(
                $"{values.Length} parameters, {gradient.Length} gradients, {mean.Length} and {square.Length} means");
        var shrink = 1 - rate * decay;
        var length = (float)(rate / (1 - Math.Pow(Beta1, step)));
        var spread = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, step)));
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var gradients = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var means = MemoryMarshal.Cast<float, Vector<float>>(mean);
        var squares = MemoryMarshal.Cast<float, Vector<float>>(square);
        for (var i = 0; i < vectors.Length; i++)
        {
            var g = gradients[i];
            var m = means[i] = means[i] * Beta1 + g * (1 - Beta1);
            var v = squares[i] = squares[i] * Beta2 + g * g * (1 - Beta2);
            vectors[i] = vectors[i] * shrink - m * length / (Vector.SquareRoot(v) * spread + new Vector<float>(Epsilon));
        }
        for (var i = vectors.Length * Vector<float>.Count; i < values.Length; i++)
        {
            var g = gradient[i];
            var m = mean[i] = mean[i] * Beta1 + g * (1 - Beta1);
            var v = square[i] = square[i] * Beta2 + g * g * (1 - Beta2);
            values[i] = values[i] * shrink - m * length / (MathF.Sqrt(v) * spread + Epsilon);
        }
    }
}
