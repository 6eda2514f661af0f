using System.Globalization;
using System.Net;
using System.Text;

namespace SockSort.Sorting.Evaluation;

/// <summary>Draws, for each method, the share of scenarios that it counts exactly over the share of wrong frames.</summary>
internal static class EvaluationPlot
{
    private const int Width = 560;
    private const int Height = 320;
    private const int Left = 60;
    private const int Right = 540;
    private const int Top = 30;
    private const int Bottom = 250;

    public static string Render(IReadOnlyList<EvaluationRow> rows)
    {
        var most = Math.Max(0.01, rows.Max(row => row.WrongFrames));
        var svg = new StringBuilder();
        _ = svg.Append(
            CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Describe(rows)}\">");
        foreach (var share in new[] { 0, 0.25, 0.5, 0.75, 1 })
            _ = svg.Append(CultureInfo.InvariantCulture, $"""
                <line class="grid" x1="{Left}" x2="{Right}" y1="{Y(share)}" y2="{Y(share)}"/>
                <text x="{Left - 8}" y="{Y(share)}" dy=".32em" text-anchor="end">{share * 100:0} %</text>
                """);
        foreach (var wrong in rows.Select(row => row.WrongFrames).Distinct())
            _ = svg.Append(CultureInfo.InvariantCulture, $"""
                <text x="{X(wrong / most)}" y="{Bottom + 18}" text-anchor="middle">{wrong * 100:0} %</text>
                """);
        _ = svg.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Left}" y="{Top - 14}">scenarios whose every sock is counted right</text>
            <text x="{(Left + Right) / 2}" y="{Bottom + 36}" text-anchor="middle">frames with a wrong label</text>
            """);
        foreach (var (index, method) in rows.GroupBy(row => row.Method).Index())
            Line(svg, index, method.Key, [.. method.Select(row => (X(row.WrongFrames / most), Y(row.Score.ExactShare)))]);
        return svg.Append("</svg>").ToString();
    }

    private static void Line(StringBuilder svg, int index, string name, (string X, string Y)[] points)
    {
        var x = Left + (index * 170);
        _ = svg.Append(CultureInfo.InvariantCulture, $"""
            <polyline class="line line-{index}" points="{string.Join(' ', points.Select(point => $"{point.X},{point.Y}"))}"/>
            <line class="line line-{index}" x1="{x}" x2="{x + 24}" y1="{Bottom + 58}" y2="{Bottom + 58}"/>
            <text x="{x + 30}" y="{Bottom + 62}">{WebUtility.HtmlEncode(name.Split('(')[0].Trim())}</text>
            """);
    }

    private static string Describe(IReadOnlyList<EvaluationRow> rows) => WebUtility.HtmlEncode(string.Join(
        "; ", rows.Select(row => $"{row.Method}: {EvaluationTable.Cells(row)[2]} at {EvaluationTable.Cells(row)[0]} wrong frames")));

    private static string X(double share) => Place(Left + (share * (Right - Left)));

    private static string Y(double share) => Place(Bottom - (share * (Bottom - Top)));

    private static string Place(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
