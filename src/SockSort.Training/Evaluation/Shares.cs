using System.Numerics.Tensors;

namespace SockSort.Training.Evaluation;

/// <summary>Scores as shares of 1.</summary>
internal static class Shares
{
    /// <param name="scores">One a class, at least one; finite.</param>
    /// <param name="shares">Same length; receives shares of 1. May be the same memory as <paramref name="scores"/>.</param>
    public static void SoftMax(ReadOnlySpan<float> scores, Span<float> shares)
    {
        // The maximum goes first: float exp overflows above 88.7, which a temperature of 0.02 reaches with a score of 2.
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max(scores), shares);
        TensorPrimitives.Exp(shares, shares);
        TensorPrimitives.Divide(shares, TensorPrimitives.Sum<float>(shares), shares);
    }
}
