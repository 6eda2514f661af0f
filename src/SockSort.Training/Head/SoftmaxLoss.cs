using System.Numerics.Tensors;

namespace SockSort.Training.Head;

/// <summary>Mean cross-entropy of a softmax regression with L2, and its gradient.</summary>
internal sealed class SoftmaxLoss(float[] features, int[] classes, int width, int classCount, double l2, double smoothing)
{
    private readonly float[] _shares = new float[classCount];

    /// <param name="point">Weights <c>[classCount, width]</c>, then <c>[classCount]</c> biases.</param>
    /// <param name="gradient">Same length; receives the gradient.</param>
    /// <returns>The loss.</returns>
    public double Evaluate(ReadOnlySpan<float> point, Span<float> gradient)
    {
        var weights = point[..(classCount * width)];
        var bias = point[(classCount * width)..];
        TensorPrimitives.Multiply(weights, (float)l2, gradient);
        gradient[weights.Length..].Clear();
        var loss = 0.0;
        for (var row = 0; row < classes.Length; row++)
            loss += AddRow(row, weights, bias, gradient);
        return loss / classes.Length + 0.5 * l2 * TensorPrimitives.SumOfSquares(weights);
    }

    private double AddRow(int row, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> gradient)
    {
        var feature = features.AsSpan(row * width, width);
        for (var known = 0; known < classCount; known++)
            _shares[known] = TensorPrimitives.Dot(feature, weights.Slice(known * width, width)) + bias[known];
        // The maximum goes first: float exp overflows above 88.7, and nothing bounds a raw score.
        TensorPrimitives.Subtract(_shares, TensorPrimitives.Max<float>(_shares), _shares);
        var loss = -CrossScore(row);
        TensorPrimitives.Exp(_shares, _shares);
        var sum = TensorPrimitives.Sum<float>(_shares);
        for (var known = 0; known < classCount; known++)
        {
            var error = (_shares[known] / sum - Target(row, known)) / classes.Length;
            TensorPrimitives.MultiplyAdd(feature, error, gradient.Slice(known * width, width), gradient.Slice(known * width, width));
            gradient[classCount * width + known] += error;
        }
        return loss + Math.Log(sum);
    }

    private double CrossScore(int row)
    {
        var score = 0.0;
        for (var known = 0; known < classCount; known++)
            score += Target(row, known) * _shares[known];
        return score;
    }

    private float Target(int row, int known) => (float)(smoothing / classCount + (classes[row] == known ? 1 - smoothing : 0));
}
