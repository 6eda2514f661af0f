namespace SockSort.Training.Evaluation;

/// <summary>Whether probabilities are true shares: of pictures that a model is 80 % sure of, 80 % should be right.</summary>
/// <param name="Bins">From 0 to 1, equally wide, also the empty ones.</param>
public sealed record Reliability(IReadOnlyList<ReliabilityBin> Bins)
{
    // As in Guo et al. 2017, On Calibration of Modern Neural Networks.
    private const int BinCount = 15;

    /// <summary>
    /// Expected calibration error, 0..1: mean distance between how sure it was and how often it was right, weighted by the
    /// pictures of a bin; null without pictures.
    /// </summary>
    public double? ExpectedError
    {
        get
        {
            var all = Bins.Sum(bin => bin.Count);
            return all == 0 ? null : Bins.Sum(bin => bin.Count * Math.Abs(bin.ShareRight - bin.Confidence)) / all;
        }
    }

    /// <param name="answers">The probability of what was said, 0..1, and whether it was right.</param>
    public static Reliability Of(IEnumerable<(double Probability, bool IsRight)> answers)
    {
        var (counts, rights, sums) = (new int[BinCount], new int[BinCount], new double[BinCount]);
        foreach (var (probability, isRight) in answers)
        {
            // A bin holds its upper end: 1 belongs to the last.
            var bin = Math.Clamp((int)Math.Ceiling(probability * BinCount) - 1, 0, BinCount - 1);
            counts[bin]++;
            sums[bin] += probability;
            rights[bin] += isRight ? 1 : 0;
        }
        return new Reliability([.. Enumerable.Range(0, BinCount).Select(bin => new ReliabilityBin(
            (double)bin / BinCount, (double)(bin + 1) / BinCount, counts[bin],
            sums[bin] / Math.Max(1, counts[bin]), (double)rights[bin] / Math.Max(1, counts[bin])))]);
    }
}

/// <param name="Above">Probabilities above this, 0..1.</param>
/// <param name="UpTo">And at most this.</param>
/// <param name="Count">Pictures.</param>
/// <param name="Confidence">Mean probability of what was said, 0..1; 0 without pictures.</param>
/// <param name="ShareRight">0..1; 0 without pictures.</param>
public sealed record ReliabilityBin(double Above, double UpTo, int Count, double Confidence, double ShareRight);
