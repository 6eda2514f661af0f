using System.Text;

namespace SockSort.Training.Evaluation.Report;

/// <summary>Draws how often the model was right against how sure it was; on the diagonal it is as right as it says.</summary>
internal static class ReliabilityChart
{
    private const int Side = 300;
    private const int Left = 52;
    private const int Top = 28;
    private const int CountTop = Top + Side + 10;
    private const int CountHeight = 48;
    private const int Width = Left + Side + 22;
    private const int Height = CountTop + CountHeight + 44;

    public static string Render(EvaluationResult result)
    {
        var bins = result.Reliability.Bins;
        var svg =
            new StringBuilder($"<figure class=\"chart square\"><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" "
                + $"aria-label=\"{Html.Text(Describe(result))}\">");
        for (var tick = 0; tick <= 100; tick += 25)
        {
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Left + Side}\" y1=\"{Y(tick / 100.0)}\" y2=\"{Y(tick / 100.0)}\"/>");
            svg.Append($"<text class=\"tick\" x=\"{Left - 8}\" y=\"{Y(tick / 100.0)}\" dy=\".32em\" text-anchor=\"end\">{tick} %</text>");
            svg.Append(
                $"<text class=\"tick\" x=\"{X(tick / 100.0)}\" y=\"{CountTop + CountHeight + 18}\" text-anchor=\"middle\">{tick} %</text>");
        }
        foreach (var bin in bins.Where(bin => bin.Count > 0))
            svg.Append(Bar(bin, bins.Max(other => other.Count)));
        svg.Append($"<line class=\"diagonal\" x1=\"{X(0)}\" y1=\"{Y(0)}\" x2=\"{X(1)}\" y2=\"{Y(1)}\"/>");
        foreach (var bin in result.ReliabilityBefore.Bins.Where(bin => bin.Count > 0 && result.Temperature != 1))
            svg.Append($"<circle class=\"before\" cx=\"{X(bin.Confidence)}\" cy=\"{Y(bin.ShareRight)}\" r=\"5\"><title>before "
                + $"temperature: {bin.Count} pictures, {Html.Percent(bin.Confidence)} sure, "
                + $"{Html.Percent(bin.ShareRight)} right</title></circle>");
        foreach (var bin in bins.Where(bin => bin.Count > 0))
            svg.Append($"<circle class=\"after\" cx=\"{X(bin.Confidence)}\" cy=\"{Y(bin.ShareRight)}\" r=\"4\"/>");
        svg.Append($"<text class=\"axis\" x=\"{Left + Side / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">how sure it was</text>");
        svg.Append($"<text class=\"axis\" x=\"{Left}\" y=\"{Top - 14}\">how often it was right</text>");
        svg.Append($"<text class=\"axis\" x=\"{Left - 8}\" y=\"{CountTop + CountHeight / 2}\" dy=\".32em\" "
            + "text-anchor=\"end\">count</text></svg>");
        return svg.Append($"<figcaption>{Legend(result)}</figcaption></figure>").ToString();
    }

    private static string Bar(ReliabilityBin bin, int most)
    {
        var (from, to) = (Left + bin.Above * Side + 1, Left + bin.UpTo * Side - 1);
        var height = Math.Max(2, (double)bin.Count / most * CountHeight);
        var title = $"<title>{bin.Count} pictures, {Html.Percent(bin.Confidence)} sure, {Html.Percent(bin.ShareRight)} right</title>";
        return $"<rect class=\"share\" x=\"{Html.Coordinate(from)}\" width=\"{Html.Coordinate(to - from)}\" y=\"{Y(bin.ShareRight)}\" "
            + $"height=\"{Html.Coordinate(bin.ShareRight * Side)}\">{title}</rect>"
            + $"<rect class=\"count\" x=\"{Html.Coordinate(from)}\" width=\"{Html.Coordinate(to - from)}\" "
            + $"y=\"{Html.Coordinate(CountTop + CountHeight - height)}\" height=\"{Html.Coordinate(height)}\">{title}</rect>";
    }

    private static string Legend(EvaluationResult result) =>
        "<span class=\"key\"><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><circle class=\"after\" cx=\"6\" cy=\"6\" r=\"4\"/></svg>as "
            + "the model gives them</span>"
        + (result.Temperature == 1
            ? ""
            : "<span class=\"key\"><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><circle class=\"before\" cx=\"6\" cy=\"6\" "
            + "r=\"5\"/></svg>before the temperature</span>")
        + "<span class=\"key\"><svg viewBox=\"0 0 26 8\" aria-hidden=\"true\"><line class=\"diagonal\" x1=\"1\" x2=\"25\" y1=\"4\" "
        + "y2=\"4\"/></svg>as right as it says</span>";

    private static string Describe(EvaluationResult result) =>
        "Reliability diagram. " + string.Join("; ", result.Reliability.Bins.Where(bin => bin.Count > 0)
            .Select(bin => $"{bin.Count} pictures: {Html.Percent(bin.Confidence)} sure, {Html.Percent(bin.ShareRight)} right"));

    private static string X(double share) => Html.Coordinate(Left + share * Side);

    private static string Y(double share) => Html.Coordinate(Top + (1 - share) * Side);
}
