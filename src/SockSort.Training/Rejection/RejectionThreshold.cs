using System.Numerics.Tensors;
using SockSort.Training.Evaluation;

namespace SockSort.Training.Rejection;

/// <summary>Below which highest probability a picture shows no sock that was taught.</summary>
/// <param name="Threshold">0..1.</param>
/// <param name="KnownKept">Share of the known pictures at or above it, 0..1.</param>
/// <param name="UnknownFound">Share of the unknown ones below it, 0..1.</param>
internal sealed record RejectionThreshold(double Threshold, double KnownKept, double UnknownFound)
{
    private const int FewestClasses = 3;
    private const double Digits = 1e4;

    /// <summary>The threshold with four digits, downwards: what was kept at it is kept.</summary>
    public double Rounded => Math.Floor(Threshold * Digits) / Digits;

    /// <summary>
    /// Leaves one class out after the other: without its score the model does not know it, so its pictures are unknown and those of
    /// the other classes known. The threshold is the one at which both shares together are highest.
    /// </summary>
    /// <param name="rows">Scores of pictures that were not learnt from, and their class; -1 = none of them.</param>
    /// <param name="background">The class that is never left out.</param>
    /// <param name="temperature">What the scores are divided by.</param>
    /// <returns>
    /// Null where there are no known or no unknown pictures, or fewer than three classes: with one left out a single one remains, which is
    /// always sure.
    /// </returns>
    public static RejectionThreshold? Choose(IReadOnlyList<(float[] Logits, int Class)> rows, int background, double temperature)
    {
        if (rows.Count > 0 && rows[0].Logits.Length < FewestClasses)
            return null;
        List<(double Highest, bool IsKnown)> seen = [];
        foreach (var (logits, known) in rows)
        {
            for (var left = 0; left < logits.Length; left++)
            {
                if (left != background)
                    seen.Add((HighestWithout(logits, left, temperature), known >= 0 && known != left));
            }
        }
        return Best(seen);
    }

    private static RejectionThreshold? Best(List<(double Highest, bool IsKnown)> seen)
    {
        var (known, unknown) = (seen.Count(picture => picture.IsKnown), seen.Count(picture => !picture.IsKnown));
        if (known == 0 || unknown == 0)
            return null;
        RejectionThreshold? best = null;
        var (kept, found) = (known, 0);
        foreach (var same in seen.GroupBy(picture => picture.Highest, picture => picture.IsKnown).OrderBy(group => group.Key))
        {
            // At their own probability pictures are still kept, all that have it.
            var candidate = new RejectionThreshold(same.Key, (double)kept / known, (double)found / unknown);
            if (best is null || candidate.KnownKept + candidate.UnknownFound > best.KnownKept + best.UnknownFound)
                best = candidate;
            var knownOfThem = same.Count(isKnown => isKnown);
            (kept, found) = (kept - knownOfThem, found + same.Count() - knownOfThem);
        }
        return best;
    }

    private static double HighestWithout(float[] logits, int left, double temperature)
    {
        var rest = new float[logits.Length - 1];
        for (int from = 0, to = 0; from < logits.Length; from++)
        {
            if (from != left)
                rest[to++] = (float)(logits[from] / temperature);
        }
        Shares.SoftMax(rest, rest);
        return TensorPrimitives.Max<float>(rest);
    }
}
