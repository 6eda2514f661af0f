using System.Numerics.Tensors;

namespace SockSort.Training.Rejection;

/// <summary>Below which highest probability a picture shows no sock that was taught.</summary>
/// <param name="Threshold">0..1.</param>
/// <param name="KnownKept">Share of the known pictures at or above it, 0..1.</param>
/// <param name="UnknownFound">Share of the unknown ones below it, 0..1.</param>
internal sealed record RejectionThreshold(double Threshold, double KnownKept, double UnknownFound)
{
    /// <summary>
    /// Leaves one class out after the other: without its score the model does not know it, so its pictures are unknown and those of
    /// the other classes known. The threshold is the one at which both shares together are highest.
    /// </summary>
    /// <param name="rows">Scores of pictures that were not learnt from, and their class; -1 = none of them.</param>
    /// <param name="background">The class that is never left out.</param>
    /// <param name="temperature">What the scores are divided by.</param>
    /// <returns>Null where there are no known or no unknown pictures.</returns>
    public static RejectionThreshold? Choose(IReadOnlyList<(float[] Logits, int Class)> rows, int background, double temperature)
    {
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
        foreach (var (highest, isKnown) in seen.OrderBy(picture => picture.Highest))
        {
            // At this picture's own probability it is still kept.
            var candidate = new RejectionThreshold(highest, (double)kept / known, (double)found / unknown);
            if (best is null || candidate.KnownKept + candidate.UnknownFound > best.KnownKept + best.UnknownFound)
                best = candidate;
            (kept, found) = isKnown ? (kept - 1, found) : (kept, found + 1);
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
        TensorPrimitives.SoftMax<float>(rest, rest);
        return TensorPrimitives.Max<float>(rest);
    }
}
