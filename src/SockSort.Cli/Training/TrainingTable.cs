using SockSort.Cli.Evaluation;
using SockSort.Cli.Output;
using SockSort.Training.Trainer;
using Spectre.Console;

namespace SockSort.Cli.Training;

/// <summary>Prints the result of a training: a row for each class, the accuracy and how it was measured, and what was left out.</summary>
internal static class TrainingTable
{
    public static void Write(IAnsiConsole console, TrainingResult result, string path)
    {
        foreach (var photo in result.Skipped)
            console.MarkupLineInterpolated($"[yellow]skipped[/] {photo.Path}: {photo.Reason}");
        foreach (var folder in result.DroppedFolders)
            console.MarkupLineInterpolated($"[yellow]left out[/] {folder}: no readable photo");
        console.Write(Table(result));
        var ofCopies = result.CopiesRight is { } copies ? $"; of their changed copies {Percents.Of(copies)}" : "";
        console.WriteLine(result.Evaluation is { } evaluation
            ? EvaluationTable.SummaryOf(evaluation) + ofCopies
            : "accuracy not measured");
        console.WriteLine($"judged by: {result.How}");
        var skipped = result.Skipped.Count > 0 ? $", {result.Skipped.Count} skipped" : "";
        console.WriteLine($"{path}: {result.Classes.Count} labels, learnt from {result.Classes.Sum(known => known.Photos)} photos "
            + $"({result.Pictures} pictures){skipped}");
    }

    private static Table Table(TrainingResult result)
    {
        var table = new Table()
            .Border(TableBorder.Simple)
            .AddColumns("label", "folder", "learnt from", "right", "precision", "recall", "F1", "mistaken for");
        for (var column = 2; column < 7; column++)
            table.Columns[column].RightAligned();
        foreach (var (index, known) in result.Classes.Index())
        {
            var score = result.Evaluation?.Classes[index];
            _ = table.AddRow(
                new Text(known.Label),
                new Text(known.Folder ?? "(painted backgrounds)"),
                new Text($"{known.Photos}"),
                new Text(known.HeldOut == 0 ? "-" : $"{known.Right}/{known.HeldOut}"),
                new Text(Percents.Of(score?.Precision)),
                new Text(Percents.Of(score?.Recall)),
                new Text(EvaluationTable.Figure(score?.F1)),
                new Text(string.Join(", ", known.MistakenFor)));
        }
        return table;
    }
}
