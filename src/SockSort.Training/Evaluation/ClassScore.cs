namespace SockSort.Training.Evaluation;

/// <summary>How well one class is told from the others, over pictures with known labels.</summary>
/// <param name="Label">The shown name.</param>
/// <param name="Photos">Pictures of it.</param>
/// <param name="Right">Those that were told right.</param>
/// <param name="Precision">Of the pictures that were taken for it, the share that are of it, 0..1; null where none was.</param>
/// <param name="Recall">Of its pictures, the share that was told right, 0..1; null where it has none.</param>
public sealed record ClassScore(string Label, int Photos, int Right, double? Precision, double? Recall)
{
    /// <summary>Harmonic mean of both, 0..1; 0 where it was never said of its pictures; null where it has none.</summary>
    public double? F1
    {
        get
        {
            if (Recall is not { } recall)
                return null;
            return Precision + recall > 0 ? 2 * Precision * recall / (Precision + recall) : 0;
        }
    }

    /// <returns>One a label of the model, in its order.</returns>
    public static IReadOnlyList<ClassScore> Of(ConfusionMatrix confusion)
    {
        ConfusionRow[] known = [.. confusion.Rows.Where(row => row.Class >= 0)];
        return [.. known.Select(row => new ClassScore(row.Label, row.Total, row.Right,
            Share(row.Right, known.Sum(other => other.Said[row.Class])), Share(row.Right, row.Total)))];
    }

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
