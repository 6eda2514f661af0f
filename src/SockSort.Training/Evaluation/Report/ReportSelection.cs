namespace SockSort.Training.Evaluation.Report;

/// <summary>Which pictures a report shows.</summary>
public static class ReportSelection
{
    private const int WorstPictures = 24;

    // Of a sock that was never taught one frame looks as the next; a few say it all.
    private const int UnknownPictures = 6;
    private const int FewestPictures = 6;
    private const int PicturesOfACell = 3;

    // Below, nothing is hard about a picture.
    private const double Hard = 0.1;

    /// <summary>Names of all pictures that need a thumbnail.</summary>
    public static IReadOnlySet<string> NamesOf(EvaluationResult result)
    {
        var cells = result.Judgements.GroupBy(KeyOf).SelectMany(cell => OfCell(cell));
        return Worst(result).Concat(cells).Select(judgement => judgement.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// Known pictures with the lowest probability of their truth, and unknown ones that it was surest of; the worst first.
    /// </summary>
    internal static IReadOnlyList<Judgement> Worst(EvaluationResult result)
    {
        var byBadness = result.Judgements.OrderByDescending(Badness).ThenBy(judgement => judgement.Name, StringComparer.Ordinal).ToArray();
        var unknown = byBadness.Where(judgement => !judgement.IsKnown).Take(UnknownPictures);
        var order = byBadness.Where(judgement => judgement.IsKnown).Concat(unknown).OrderByDescending(Badness).ToArray();
        return order[
            ..Math.Min(order.Length, Math.Clamp(order.Count(judgement => Badness(judgement) > Hard), FewestPictures, WorstPictures))];
    }

    /// <summary>The pictures of one cell of the confusion matrix that it was surest of.</summary>
    internal static IEnumerable<Judgement> OfCell(IEnumerable<Judgement> cell) =>
        cell.OrderByDescending(judgement => judgement.Probability)
            .ThenBy(judgement => judgement.Name, StringComparer.Ordinal)
            .Take(PicturesOfACell);

    /// <summary>The row and column that a picture counts in.</summary>
    internal static (int Class, string? Unknown, int Said) KeyOf(Judgement judgement) =>
        CellOf(judgement.Truth, judgement.Label, judgement.Said);

    /// <param name="known">Index of the row's label; <see cref="Judgement.NotTaught"/> where the model does not know it.</param>
    /// <param name="label">Of the row; tells unknown ones apart.</param>
    /// <param name="said">The column.</param>
    internal static (int Class, string? Unknown, int Said) CellOf(int known, string label, int said) =>
        (known, known < 0 ? LabelMatcher.Key(label) : null, said);

    // An unknown picture can only be doubted, never told right: it counts half.
    private static double Badness(Judgement judgement) =>
        judgement.IsKnown ? 1 - judgement.Probabilities[judgement.Truth] : judgement.Probability / 2;
}
