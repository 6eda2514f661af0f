using System.Text;
using SockSort.Models.Package;

namespace SockSort.Training.Evaluation.Report;

/// <summary>The report as one page that opens without a network: style, drawings and pictures are inside, and there is no script.</summary>
public static class ReportPage
{
    private const string Style = "SockSort.Training.Evaluation.Report.report.css";

    public static string Render(ReportContent content) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <title>{Html.Text(content.Title)} · SockSort report</title>
        <style>
        {ReadStyle()}
        </style>
        </head>
        <body>
        {Head(content)}
        <main>
        {Body(content)}
        </main>
        <footer><p>Made by SockSort on <time datetime="{content.MadeAt:o}">{content.MadeAt:yyyy-MM-dd HH:mm}</time>. All figures are in
        metrics.json beside this page.</p></footer>
        </body>
        </html>

        """;

    private static string Head(ReportContent content) => $"""
        <header>
        <p class="eyebrow">SockSort report</p>
        <h1>{Html.Text(content.Title)}</h1>
        <p class="how">{Html.Text(content.How)}</p>
        {(content.Result is null ? "" : Tiles(content.Result))}
        </header>
        """;

    private static string Body(ReportContent content)
    {
        var page = new StringBuilder();
        if (content.Result is { } result)
        {
            page.Append(Section("next", "What to do next", AdviceList(Adviser.Of(result))));
            page.Append(Section("confusion", "What is taken for what", ConfusionTable.Render(result, content.Thumbnails)));
            page.Append(Section("labels", "Label by label", ClassTable(result)));
            page.Append(Section("sureness", "How far to trust its probabilities", Charts(result, content)));
            AppendUnknown(page, content);
            page.Append(Section("worst", "The hardest pictures", WorstPictures.Render(result, content.Thumbnails)));
        }
        else
            AppendUnknown(page, content);
        if (content.Curves.Count > 0)
            page.Append(
                Section("training", "How it learnt", $"<div class=\"charts\">{string.Concat(content.Curves.Select(Titled))}</div>"));
        if (content.Skipped.Count > 0)
            page.Append(
                Section(
                    "skipped", "Left out", Table(["picture", "why"], content.Skipped.Select(photo => new[] { photo.Path, photo.Reason }))));
        if (content.Facts.Count > 0)
            page.Append(
                Section("facts", "Settings, hashes and times", $"<div class=\"facts\">{string.Concat(content.Facts.Select(Facts))}</div>"));
        return page.ToString();
    }

    private static void AppendUnknown(StringBuilder page, ReportContent content)
    {
        if (content.Unknown is { } unknown)
            page.Append(Section("unknown", "How it tells unknown socks", UnknownSection.Render(unknown)));
    }

    private static string Tiles(EvaluationResult result)
    {
        var tiles = new StringBuilder("<dl class=\"tiles\">");
        var range = result.Known == 0
            ? "no known label"
            : $"{result.Right} of {result.Known} right; 95 % range {Html.Percent(ShareRange.Of(result.Right, result.Known).Low, 0)} to "
            + $"{Html.Percent(ShareRange.Of(result.Right, result.Known).High, 0)}";
        tiles.Append(Tile("Accuracy", Html.Percent(result.Accuracy), range));
        tiles.Append(Tile("Among the first two", Html.Percent(result.Top2), "truth is first or second"));
        tiles.Append(Tile("Mean F1", Html.Number(result.MacroF1, "0.000"), "over the labels with pictures"));
        tiles.Append(
            Tile("Known from unknown", Html.Number(result.Auc, "0.000"), result.Unknown == 0
                ? "no unknown sock among the pictures"
                : $"AUC against {result.Unknown} pictures never taught"));
        tiles.Append(Tile("Calibration error", Html.Number(result.Reliability.ExpectedError, "0.000"),
            result.Temperature == 1
                ? "no temperature was set"
                : $"{Html.Number(result.ReliabilityBefore.ExpectedError, "0.000")} before the temperature of "
                + $"{Html.Number(result.Temperature, "0.00")}"));
        return tiles.Append("</dl>").ToString();
    }

    private static string Tile(string name, string figure, string note) =>
        $"<div><dt>{name}</dt><dd>{figure}</dd><dd class=\"note\">{note}</dd></div>";

    private static string AdviceList(IReadOnlyList<Advice> advice) => advice.Count == 0
        ? "<p>Nothing stands out on these pictures. Judge by others, in other light, before you rely on it.</p>"
        : $"<ol class=\"advice\">{string.Concat(advice.Select(AdviceItem))}</ol>";

    private static string AdviceItem(Advice advice) =>
        $"<li><strong>{Html.Text(advice.Subject)}</strong>: {Html.Text(advice.Finding)}. "
            + $"<span>{Html.Text(Capital(advice.Action))}.</span></li>";

    private static string ClassTable(EvaluationResult result)
    {
        var rows = result.Classes.Select(known =>
            $"<tr><th scope=\"row\">{Html.Text(known.Label)}</th><td>{known.Photos}</td><td>{known.Right}"
                + $"</td>{Bar(known.Precision)}{Bar(known.Recall)}{Bar(known.F1)}</tr>");
        return "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Figures of each label\"><table "
            + "class=\"figures\"><thead><tr><th scope=\"col\">label</th><th scope=\"col\">pictures</th><th scope=\"col\">right</th><th "
            + "scope=\"col\">precision</th><th scope=\"col\">recall</th><th scope=\"col\">F1</th></tr></thead><tbody>"
            + string.Concat(rows)
            + "</tbody></table></div><p class=\"hint\">Precision: of what was taken for it, how much is. Recall: of its pictures, how many "
            + "were told right. Pictures that were never taught do not count here.</p>";
    }

    private static string Bar(double? share) => share is { } value
        ? $"<td class=\"bar\" style=\"--share:{Html.Coordinate(value)}\">{Html.Percent(value, 0)}</td>"
        : "<td>–</td>";

    private static string Charts(EvaluationResult result, ReportContent content)
    {
        var reliability = result.Known == 0 ? "" : $"<section><h3>Reliability</h3>{ReliabilityChart.Render(result)}</section>";
        if (content.Unknown is not null)
            return $"<div class=\"charts\">{reliability}</div>";
        var rejection = ThresholdChart.Of(result, content.Threshold) is { } chart ? Titled(chart) : "";
        return $"<div class=\"charts\">{reliability}{rejection}</div>{ThresholdTable.Render(result, content.Threshold)}";
    }

    private static string Titled(Chart chart) => $"<section><h3>{Html.Text(chart.Title)}</h3>{LineChart.Render(chart)}</section>";

    private static string Facts(FactGroup group)
    {
        var facts = group.Facts.Select(fact => $"<div><dt>{Html.Text(fact.Name)}</dt><dd>{Html.Text(fact.Value)}</dd></div>");
        return $"<section><h3>{Html.Text(group.Heading)}</h3><dl>{string.Concat(facts)}</dl></section>";
    }

    private static string Table(string[] head, IEnumerable<string[]> rows) =>
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Pictures that were left "
            + $"out\"><table><thead><tr>{string.Concat(head.Select(cell => $"<th scope=\"col\">{Html.Text(cell)}</th>"))}"
            + "</tr></thead><tbody>"
        + string.Concat(rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{Html.Text(cell)}</td>"))}</tr>"))
        + "</tbody></table></div>";

    private static string Section(string id, string heading, string body) =>
        $"<section id=\"{id}\" aria-labelledby=\"{id}-heading\"><h2 id=\"{id}-heading\">{heading}</h2>\n{body}</section>\n";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string ReadStyle()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(Style)
            ?? throw new InvalidOperationException($"the resource {Style} is not in {typeof(ReportPage).Assembly.GetName().Name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
