using System.Numerics.Tensors;

namespace SockSort.Training.FineTuning;

/// <summary>Soft-max and cross-entropy of a linear head for one picture, and what they have to change by.</summary>
/// <param name="weights">Row-major, a row a class.</param>
/// <param name="bias">One a class.</param>
internal sealed class HeadLoss(float[] weights, float[] bias)
{
    /// <param name="embedding">As the head sees it.</param>
    /// <param name="targets">Shares of 1, one a class.</param>
    /// <param name="share">What the picture counts.</param>
    /// <param name="toEmbedding">Receives the gradient.</param>
    /// <param name="toWeights">The gradient is added to it.</param>
    /// <param name="toBias">The gradient is added to it.</param>
    /// <returns>The loss, by what the picture counts.</returns>
    public double Add(
        ReadOnlySpan<float> embedding, ReadOnlySpan<float> targets, float share, Span<float> toEmbedding, Span<float> toWeights,
        Span<float> toBias)
    {
        var width = embedding.Length;
        Span<float> scores = new float[bias.Length];
        for (var known = 0; known < bias.Length; known++)
            scores[known] = TensorPrimitives.Dot(embedding, weights.AsSpan(known * width, width)) + bias[known];
        // The maximum goes first: float exp overflows above 88.7, and nothing bounds a raw score.
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
        var wanted = TensorPrimitives.Dot<float>(scores, targets);
        TensorPrimitives.Exp<float>(scores, scores);
        var sum = TensorPrimitives.Sum<float>(scores);
        toEmbedding.Clear();
        for (var known = 0; known < bias.Length; known++)
        {
            var error = share * (scores[known] / sum - targets[known]);
            var row = toWeights.Slice(known * width, width);
            TensorPrimitives.MultiplyAdd(embedding, error, row, row);
            TensorPrimitives.MultiplyAdd(weights.AsSpan(known * width, width), error, toEmbedding, toEmbedding);
            toBias[known] += error;
        }
        return share * (Math.Log(sum) - wanted);
    }
}
