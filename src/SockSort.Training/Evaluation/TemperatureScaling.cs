using System.Numerics.Tensors;

namespace SockSort.Training.Evaluation;

/// <summary>
/// One number that makes probabilities true shares: logits are divided by it. Guo et al. 2017, On Calibration of Modern Neural Networks.
/// </summary>
public static class TemperatureScaling
{
    private const double Coldest = 0.02;
    private const double Hottest = 10;

    // The search ends this near to a bound where the best lies beyond it.
    private const double NearBound = 1.02;

    // Smaller shares are lost in float32; the logarithm of 0 is no number.
    private const float SmallestShare = 1e-37f;

    /// <summary>The temperature with the smallest mean cross-entropy, 0.02 to 10.</summary>
    /// <param name="rows">
    /// Logits of pictures that the model had not seen, with their class; -1 = none of them, all should be as likely.
    /// </param>
    public static double Best(IReadOnlyList<(float[] Logits, int Class)> rows)
    {
        // The loss has one minimum over 1 / temperature; golden section on its logarithm.
        var golden = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(Coldest), Math.Log(Hottest));
        for (var step = 0; step < 30; step++)
        {
            var (left, right) = (high - golden * (high - low), low + golden * (high - low));
            (low, high) = Loss(rows, Math.Exp(left)) < Loss(rows, Math.Exp(right)) ? (low, right) : (left, high);
        }
        return Math.Exp((low + high) / 2);
    }

    /// <summary>
    /// The temperature, 0.02 to 10, at which the mean of the highest probability is the share that is told right. Of n pictures one counts
    /// as wrong and one as right beside them (Laplace's rule): that all were right does not make sure of the next.
    /// </summary>
    /// <param name="rows">Logits of pictures that the model had not seen, with their class, 0 or more.</param>
    public static double ByShareRight(IReadOnlyList<(float[] Logits, int Class)> rows)
    {
        var right = rows.Count(row => TensorPrimitives.IndexOfMax<float>(row.Logits) == row.Class);
        var share = (right + 1.0) / (rows.Count + 2.0);
        // The higher the temperature, the less sure.
        var (low, high) = (Math.Log(Coldest), Math.Log(Hottest));
        for (var step = 0; step < 30; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = MeanHighest(rows, Math.Exp(middle)) > share ? (middle, high) : (low, middle);
        }
        return Math.Exp((low + high) / 2);
    }

    private static double MeanHighest(IReadOnlyList<(float[] Logits, int Class)> rows, double temperature)
    {
        var sum = 0.0;
        foreach (var (logits, _) in rows)
        {
            var highest = TensorPrimitives.Max<float>(logits);
            var all = 0.0;
            foreach (var logit in logits)
                all += Math.Exp((logit - highest) / temperature);
            sum += 1 / all;
        }
        return sum / Math.Max(1, rows.Count);
    }

    /// <summary>Mean cross-entropy of a picture at a temperature; see <see cref="Best"/>.</summary>
    public static double MeanLoss(IReadOnlyList<(float[] Logits, int Class)> rows, double temperature) =>
        Loss(rows, temperature) / Math.Max(1, rows.Count);

    /// <summary>
    /// Whether the best temperature lies beyond what is tried: the scores say nothing (10), or are right whatever is done to them (0.02).
    /// </summary>
    public static bool IsAtBound(double temperature) => temperature >= Hottest / NearBound || temperature <= Coldest * NearBound;

    /// <summary>
    /// The probabilities that the logits behind <paramref name="probabilities"/> give when divided by <paramref name="temperature"/>.
    /// </summary>
    /// <param name="probabilities">Shares of 1, at least one.</param>
    /// <param name="temperature">Above 0; the inverse of a temperature takes it back.</param>
    public static float[] Apply(ReadOnlySpan<float> probabilities, double temperature)
    {
        var shares = new float[probabilities.Length];
        TensorPrimitives.Max(probabilities, SmallestShare, shares);
        TensorPrimitives.Log(shares, shares);
        TensorPrimitives.Divide(shares, (float)temperature, shares);
        Shares.SoftMax(shares, shares);
        return shares;
    }

    private static double Loss(IReadOnlyList<(float[] Logits, int Class)> rows, double temperature)
    {
        var loss = 0.0;
        foreach (var (logits, known) in rows)
        {
            var highest = TensorPrimitives.Max<float>(logits);
            var sum = 0.0;
            foreach (var logit in logits)
                sum += Math.Exp((logit - highest) / temperature);
            var wanted = known >= 0 ? logits[known] : TensorPrimitives.Sum<float>(logits) / logits.Length;
            loss += Math.Log(sum) - (wanted - highest) / temperature;
        }
        return loss;
    }
}
