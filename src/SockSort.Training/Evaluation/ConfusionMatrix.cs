namespace SockSort.Training.Evaluation;

/// <summary>How often which label was said of pictures of which label.</summary>
public sealed class ConfusionMatrix
{
    private ConfusionMatrix(IReadOnlyList<string> labels, IReadOnlyList<ConfusionRow> rows) => (Labels, Rows) = (labels, rows);

    /// <summary>The model's labels: what can be said; the columns.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>
    /// One a label of the model, in its order, also where no picture has it; then one a label that it does not know, by name.
    /// </summary>
    public IReadOnlyList<ConfusionRow> Rows { get; }

    public static ConfusionMatrix Of(IReadOnlyList<string> labels, IReadOnlyList<Judgement> judgements)
    {
        var known = labels.Select(
            (label, index) => RowOf(label, index, labels.Count, judgements.Where(judgement => judgement.Truth == index)));
        var unknown = judgements.Where(judgement => !judgement.IsKnown)
            .GroupBy(judgement => LabelMatcher.Key(judgement.Label), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => RowOf(group.First().Label, Judgement.NotTaught, labels.Count, group));
        return new ConfusionMatrix(labels, [.. known, .. unknown]);
    }

    private static ConfusionRow RowOf(string label, int index, int columns, IEnumerable<Judgement> judgements)
    {
        var said = new int[columns];
        foreach (var judgement in judgements)
            said[judgement.Said]++;
        return new ConfusionRow(label, index, said);
    }
}

/// <param name="Label">The truth.</param>
/// <param name="Class">Its index among the model's labels; <see cref="Judgement.NotTaught"/> where the model does not know it.</param>
/// <param name="Said">Pictures of it by what was said; one number a label of the model.</param>
public sealed record ConfusionRow(string Label, int Class, IReadOnlyList<int> Said)
{
    /// <summary>Pictures of this label.</summary>
    public int Total => Said.Sum();

    /// <summary>Those that were told right; 0 for an unknown label.</summary>
    public int Right => Class < 0 ? 0 : Said[Class];
}
