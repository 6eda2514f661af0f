namespace SockSort.Training.Evaluation.Report;

/// <summary>How a model tells unknown socks: what it says of known and unknown ones, the ROC curve, and what its threshold does.</summary>
internal static class UnknownSection
{
    private const int Bins = 20;

    public static string Render(UnknownScores scores)
    {
        var charts = LineChart.Render(Histogram(scores));
        var roc = Roc(scores);
        return $"<p class=\"hint\">{Html.Text(scores.How)}</p><div class=\"charts\"><section><h3>What it says of known and unknown socks"
            + $"</h3>{charts}</section>"
            + (roc.Lines.Count == 0 ? "" : $"<section><h3>{roc.Title}</h3>{LineChart.Render(roc)}</section>")
            + $"</div>{Table(scores)}";
    }

    private static Chart Histogram(UnknownScores scores) => new(
        "What it says of known and unknown socks", "unknown: 0 = surely taught, 1 = surely not", "share of pictures",
        [.. scores.Groups.Select(group => new ChartLine(group.Name, Shares(group.Pictures)))])
    {
        IsShare = true,
        Mark = new ChartMark(scores.Threshold, $"the model's threshold: {Html.Number(scores.Threshold)}") { IsNameAbove = true },
    };

    /// <summary>At the middle of each bin the share of the pictures in it.</summary>
    private static IReadOnlyList<(double, double)> Shares(IReadOnlyList<UnknownJudgement> pictures)
    {
        var counts = pictures.CountBy(picture => Math.Min(Bins - 1, (int)(picture.Unknown * Bins))).ToDictionary();
        return
        [
            .. Enumerable.Range(0, Bins).Select(bin => ((bin + 0.5) / Bins, (double)counts.GetValueOrDefault(bin) / pictures.Count)),
        ];
    }

    private static Chart Roc(UnknownScores scores)
    {
        var known = scores.Groups.Where(group => group.IsKnown).SelectMany(group => group.Pictures).ToArray();
        var lines = known.Length == 0
            ? []
            : scores.Groups.Where(group => !group.IsKnown).Select(group => RocOf(known, group)).ToArray();
        return new Chart("Known told from unknown, at every threshold", "known pictures lost", "unknown pictures told", lines)
        {
            IsShare = true,
        };
    }

    private static ChartLine RocOf(UnknownJudgement[] known, UnknownGroup unknown)
    {
        var auc = KnownUnknown.Auc(
            [.. known.Select(picture => -picture.Unknown)], [.. unknown.Pictures.Select(picture => -picture.Unknown)]);
        double[] thresholds =
        [
            double.PositiveInfinity,
            .. known.Concat(unknown.Pictures).Select(picture => picture.Unknown).Distinct().OrderDescending(),
        ];
        return new ChartLine(
            $"{unknown.Name}: AUC {Html.Number(auc, "0.000")}",
            [.. thresholds.Select(at => (UnknownEstimate.ShareTold(known, at), UnknownEstimate.ShareTold(unknown.Pictures, at)))]);
    }

    private static string Table(UnknownScores scores)
    {
        var rows = scores.Groups.SelectMany(group => group.Pictures.GroupBy(picture => picture.Label)
            .Select(label => Row(label.Key, group, [.. label], scores.Threshold)));
        return $"<section><h3>At the model's own threshold of {Html.Number(scores.Threshold)}</h3>"
            + "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"What the threshold keeps and drops\">"
            + "<table class=\"figures\"><thead><tr><th scope=\"col\">label</th><th scope=\"col\">shown as</th>"
            + "<th scope=\"col\">pictures</th><th scope=\"col\">kept</th><th scope=\"col\">told as unknown</th><th scope=\"col\">right</th>"
            + $"</tr></thead><tbody>{string.Concat(rows)}</tbody></table></div></section>";
    }

    private static string Row(string label, UnknownGroup group, UnknownJudgement[] pictures, double threshold)
    {
        var told = pictures.Count(picture => picture.IsTold(threshold));
        var right = group.IsKnown ? pictures.Length - told : told;
        return $"<tr><th scope=\"row\">{Html.Text(label)}</th><td>{(group.IsKnown ? "known" : "unknown")}</td><td>{pictures.Length}</td>"
            + $"<td>{pictures.Length - told}</td><td>{told}</td><td>{Html.Percent((double)right / pictures.Length)}</td></tr>";
    }
}
