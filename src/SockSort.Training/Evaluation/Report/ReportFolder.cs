using System.Text.Json;
using System.Text.Json.Nodes;

namespace SockSort.Training.Evaluation.Report;

/// <summary>The files of a report: <c>report.html</c> and <c>metrics.json</c>.</summary>
public static class ReportFolder
{
    public const string PageName = "report.html";
    public const string MetricsName = "metrics.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes both, the folder too where it is not there; what another report left is replaced.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Write(string folder, ReportContent content)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, PageName), ReportPage.Render(content));
        File.WriteAllText(Path.Combine(folder, MetricsName), Metrics(content).ToJsonString(Indented) + "\n");
    }

    private static JsonObject Metrics(ReportContent content)
    {
        var metrics = content.Result is null ? new JsonObject { ["accuracy"] = null, ["auc"] = null } : MetricsJson.Of(content.Result);
        metrics["how"] = content.How;
        if (content.Unknown is { } unknown)
            metrics["unknown_groups"] = new JsonArray([.. unknown.Groups.Select(group => GroupOf(group, unknown.Threshold))]);
        metrics["facts"] = new JsonObject(content.Facts.Select(group => KeyValuePair.Create<string, JsonNode?>(
            group.Heading, new JsonObject(group.Facts.Select(fact => KeyValuePair.Create<string, JsonNode?>(fact.Name, fact.Value))))));
        metrics["skipped"] = new JsonArray(
            [.. content.Skipped.Select(photo => new JsonObject { ["photo"] = photo.Path, ["reason"] = photo.Reason })]);
        metrics["curves"] = new JsonArray([.. content.Curves.Select(CurveOf)]);
        return metrics;
    }

    private static JsonNode GroupOf(UnknownGroup group, double threshold) => new JsonObject
    {
        ["name"] = group.Name,
        ["known"] = group.IsKnown,
        ["pictures"] = group.Pictures.Count,
        ["told_as_unknown"] = group.Pictures.Count(picture => picture.IsTold(threshold)),
    };

    private static JsonNode CurveOf(Chart chart) => new JsonObject
    {
        ["title"] = chart.Title,
        ["x"] = chart.XLabel,
        ["y"] = chart.YLabel,
        ["lines"] = new JsonArray([.. chart.Lines.Select(line => new JsonObject
        {
            ["name"] = line.Name,
            ["points"] = new JsonArray([.. line.Points.Select(point => new JsonArray(point.X, Finite(point.Y)))]),
        })]),
    };

    // A step that went astray has no loss; JSON has no word for infinity.
    private static JsonValue? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
