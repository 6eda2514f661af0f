using System.Globalization;
using SockSort.Cli.Output;
using SockSort.Training.Evaluation;
using SockSort.Training.Evaluation.Report;
using Spectre.Console;

namespace SockSort.Cli.Evaluation;

/// <summary>Prints the result of an evaluation: a row for each label, the metrics, and advice.</summary>
internal static class EvaluationTable
{
    private const int MostAdvice = 3;

    public static void Write(IAnsiConsole console, EvaluationRun run, string? report)
    {
        var result = run.Result;
        console.Write(Table(result));
        console.WriteLine(SummaryOf(result));
        if (run.Set.Unlabelled > 0)
            console.WriteLine($"{run.Set.Unlabelled} pictures have no label and were left out");
        foreach (var advice in Adviser.Of(result).Take(MostAdvice))
            console.MarkupLineInterpolated($"[yellow]{advice.Subject}[/]: {advice.Finding}; {advice.Action}");
        if (report is not null)
            console.WriteLine(
                $"report: {Path.Combine(report, ReportFolder.PageName)}, figures: {Path.Combine(report, ReportFolder.MetricsName)}");
    }

    /// <summary>Formats accuracy, top-2 accuracy, calibration and AUC, as far as the pictures allow them.</summary>
    public static string SummaryOf(EvaluationResult result)
    {
        var parts = new List<string>();
        if (result.Known > 0)
        {
            var range = ShareRange.Of(result.Right, result.Known);
            parts.Add($"accuracy {Percents.Of(result.Accuracy)} ({result.Right} of {result.Known}; 95 % range {Percents.Of(range.Low)} to "
                + $"{Percents.Of(range.High)})");
            parts.Add($"top-2 {Percents.Of(result.Top2)}");
            parts.Add($"calibration error {Figure(result.Reliability.ExpectedError)}"
                + (result.Temperature == 1 ? "" : $" ({Figure(result.ReliabilityBefore.ExpectedError)} before the temperature)"));
        }
        if (result.Unknown > 0)
            parts.Add(
                result.Auc is { } auc ? $"AUC {Figure(auc)} against {result.Unknown} unknown" : $"{result.Unknown} unknown, none known");
        if (result.Rejection is not null)
            parts.Add(RejectionOf(result));
        return string.Join(", ", parts);
    }

    private static string RejectionOf(EvaluationResult result)
    {
        var kept = result.KnownKept is { } known ? $"{Percents.Of(known)} of the known kept" : "";
        var told = result.UnknownFound is { } found ? $"{Percents.Of(found)} of the unknown told" : "";
        return "at the model's threshold " + string.Join(" and ", new[] { kept, told }.Where(part => part.Length > 0));
    }

    private static Table Table(EvaluationResult result)
    {
        var table = new Table()
            .Border(TableBorder.Simple)
            .AddColumns("label", "pictures", "right", "precision", "recall", "F1", "taken for");
        for (var column = 1; column < 6; column++)
            table.Columns[column].RightAligned();
        foreach (var row in result.Confusion.Rows.Where(row => row.Total > 0))
        {
            var known = row.Class >= 0 ? result.Classes[row.Class] : null;
            _ = table.AddRow(
                new Text(
                    row.Label + (known is null ? " (never taught)" : "")), new Text($"{row.Total}"), new Text(known is null
                        ? "-"
                        : $"{known.Right}"),
                new Text(Percents.Of(known?.Precision)),
                new Text(Percents.Of(known?.Recall)),
                new Text(Figure(known?.F1)),
                new Text(TakenFor(result, row)));
        }
        return table;
    }

    private static string TakenFor(EvaluationResult result, ConfusionRow row) => string.Join(", ", row.Said.Index()
        .Where(said => said.Item > 0 && said.Index != row.Class).OrderByDescending(said => said.Item)
        .Select(said => $"{result.Labels[said.Index]} {said.Item}"));

    internal static string Figure(double? value) => value is { } figure ? figure.ToString("0.000", CultureInfo.InvariantCulture) : "-";
}
