using System.Text;

namespace SockSort.Training.Evaluation.Report;

/// <summary>The confusion matrix as a table; its cells hold pictures.</summary>
internal static class ConfusionTable
{
    public static string Render(EvaluationResult result, IReadOnlyDictionary<string, byte[]> thumbnails)
    {
        var cells = result.Judgements.GroupBy(ReportSelection.KeyOf).ToDictionary(cell => cell.Key, ReportSelection.OfCell);
        int[] shown =
        [
            .. Enumerable.Range(0, result.Labels.Count)
            .Where(label => result.Confusion.Rows.Any(row => row.Said[label] > 0 || (row.Class == label && row.Total > 0))),
        ];
        var html =
            new StringBuilder("<p class=\"hint\">Rows: what pictures show. Columns: what was said; labels that nobody named are left out. "
                + "Shares are of the row.</p><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Confusion matrix\"><table "
                + "class=\"confusion\"><thead><tr><th scope=\"col\">shown</th>");
        foreach (var said in shown)
            html.Append($"<th scope=\"col\">{Html.Text(result.Labels[said])}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in result.Confusion.Rows.Where(row => row.Total > 0))
        {
            html.Append($"<tr><th scope=\"row\">{Html.Text(row.Label)}{(row.Class < 0 ? "<small>never taught</small>" : "")}"
                + $"<small>{row.Total} {(row.Total == 1 ? "picture" : "pictures")}</small></th>");
            foreach (var said in shown)
                html.Append(Cell(row, said, cells.GetValueOrDefault(ReportSelection.CellOf(row.Class, row.Label, said), []), thumbnails));
            html.Append("</tr>");
        }
        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Cell(ConfusionRow row, int said, IEnumerable<Judgement> pictures, IReadOnlyDictionary<string, byte[]> thumbnails)
    {
        var count = row.Said[said];
        if (count == 0)
            return "<td class=\"empty\"><span aria-label=\"none\">·</span></td>";
        var otherwise = row.Class < 0 ? "unknown" : "wrong";
        var kind = said == row.Class ? "right" : otherwise;
        var thumbs = string.Concat(pictures.Select(judgement =>
            Html.Picture(thumbnails, judgement.Name, $"{Html.ShortName(judgement.Name)}, {Html.Percent(judgement.Probability, 0)} sure")));
        return $"<td class=\"{kind}\" style=\"--share:{Html.Coordinate((double)count / row.Total)}\"><b>{count}</b> "
            + $"<small>{Html.Percent((double)count / row.Total, 0)}</small><div class=\"minis\">{thumbs}</div></td>";
    }
}
