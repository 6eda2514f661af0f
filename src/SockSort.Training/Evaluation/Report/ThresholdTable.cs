namespace SockSort.Training.Evaluation.Report;

/// <summary>What the model's own rejection threshold keeps and drops of these pictures, label by label.</summary>
internal static class ThresholdTable
{
    /// <param name="result">The pictures.</param>
    /// <param name="own">The model's own threshold; null = it has none, and nothing is shown.</param>
    public static string Render(EvaluationResult result, double? own)
    {
        if (own is not { } threshold)
            return "";
        var known = result.Labels.Index().Select(label => Row(
            label.Item, result.Judgements.Where(judgement => judgement.Truth == label.Index), threshold));
        var unknown = Row("unknown socks", result.Judgements.Where(judgement => !judgement.IsKnown), threshold);
        return $"<section><h3>At the model's own threshold of {Html.Percent(threshold)}</h3>"
            + "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
            + "aria-label=\"What the threshold keeps and drops\"><table class=\"figures\"><thead><tr><th scope=\"col\">label</th><th "
            + "scope=\"col\">pictures</th><th scope=\"col\">kept</th><th scope=\"col\">dropped as unknown</th></tr></thead><tbody>"
            + string.Concat(known.Append(unknown))
            + "</tbody></table></div></section>";
    }

    /// <summary>Nothing for a label without pictures.</summary>
    private static string Row(string label, IEnumerable<Judgement> pictures, double threshold)
    {
        var all = pictures.ToArray();
        var kept = all.Count(judgement => judgement.Probability >= threshold);
        var cells = $"<td>{all.Length}</td><td>{kept}</td><td>{all.Length - kept}</td>";
        return all.Length == 0 ? "" : $"<tr><th scope=\"row\">{Html.Text(label)}</th>{cells}</tr>";
    }
}
