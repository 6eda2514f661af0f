using System.Globalization;
using System.Net;
using System.Text;

namespace SockSort.Sorting.Evaluation;

/// <summary>A page with the evaluation's table and plot; it loads nothing and runs no script.</summary>
public static class EvaluationReport
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --grid: #d5d9de; --a: #b3541e; --b: #8a6d00; --c: #0a6b5b }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --paper: #16191d; --grid: #3a4048; --a: #ff9e64; --b: #e6c84f;
          --c: #4fd1b5 } }
        body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto;
          padding: 0 1rem }
        table { border-collapse: collapse } th, td { padding: .3rem .8rem; border-bottom: 1px solid var(--grid); text-align: right }
        th:nth-child(-n+2), td:nth-child(-n+2) { text-align: left } svg { max-width: 40rem; width: 100% }
        svg text { fill: var(--ink); font: 12px system-ui, sans-serif } .grid { stroke: var(--grid) }
        .line { fill: none; stroke-width: 2.5 } .line-0 { stroke: var(--a); stroke-dasharray: 2 4 }
        .line-1 { stroke: var(--b); stroke-dasharray: 8 4 } .line-2 { stroke: var(--c) }
        """;

    /// <summary>Writes <c>index.html</c> into a folder, which is made where it is absent.</summary>
    /// <param name="title">What was evaluated, for the page.</param>
    public static void Write(string folder, string title, IReadOnlyList<EvaluationRow> rows)
    {
        _ = Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "index.html"), Page(title, rows));
    }

    internal static string Page(string title, IReadOnlyList<EvaluationRow> rows) => $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>{Text(title)}</title><style>{Style}</style></head><body>
        <h1>{Text(title)}</h1>
        {EvaluationPlot.Render(rows)}
        {Table(rows)}
        <p>A scenario is exact where the number of each of its socks is right. The delay is that from the first frame of a pair's second
        sock until the pair is told.</p>
        </body></html>
        """;

    private static string Table(IReadOnlyList<EvaluationRow> rows)
    {
        var html = new StringBuilder("<table><tr><th>wrong frames</th>");
        foreach (var heading in EvaluationTable.Headings.Skip(1))
            _ = html.Append(CultureInfo.InvariantCulture, $"<th>{Text(heading)}</th>");
        foreach (var cells in rows.Select(EvaluationTable.Cells))
        {
            _ = html.Append("</tr><tr>");
            foreach (var cell in cells)
                _ = html.Append(CultureInfo.InvariantCulture, $"<td>{Text(cell)}</td>");
        }
        return html.Append("</tr></table>").ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
