using SockSort.Cli.Evaluation;
using SockSort.Cli.Output;
using SockSort.Training.Trainer;
using SockSort.Training.Validation;
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
        foreach (var note in result.Notes)
            console.MarkupLineInterpolated($"[yellow]mended[/] {note}");
        console.Write(Table(result));
        console.WriteLine(SummaryOf(result));
        console.WriteLine($"judged by: {result.How}");
        if (result.BeforeTuning is { } folds)
            console.WriteLine($"by folds, before the tuning: {folds.Right} of {folds.Photos} photos told right by {folds.Folds} heads "
                + "that had not seen them; how well they can be told apart, not what this model does");
        if (result.Unknown is { } unknown)
            console.WriteLine(
                $"unknown socks, estimated: {Percents.Of(unknown.KnownKept)} of the pictures of taught socks are kept, "
                + $"{Percents.Of(unknown.UnknownFound)} of those of a sock that was left out are told as unknown");
        var skipped = result.Skipped.Count > 0 ? $", {result.Skipped.Count} skipped" : "";
        console.WriteLine($"{path}: {result.Classes.Count} labels, learnt from {result.Classes.Sum(known => known.Photos)} photos "
            + $"({result.Pictures} pictures){skipped}");
    }

    private static string SummaryOf(TrainingResult result)
    {
        if (result.Evaluation is not { } evaluation)
            return $"accuracy not measured; of its own photos {result.LearntRight} of {result.LearntPhotos} told right";
        var copies = result.CopiesRight is { } right ? $"; of their changed copies {Percents.Of(right)}" : "";
        if (result.Check != CheckKind.Learnt)
            return EvaluationTable.SummaryOf(evaluation) + copies;
        return $"of its own photos {result.LearntRight} of {result.LearntPhotos} told right{copies}, calibration error "
            + $"{EvaluationTable.Figure(evaluation.Reliability.ExpectedError)}";
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
                new Text(string.Join(", ", known.MistakenFor.CountBy(label => label).Select(Times))));
        }
        return table;
    }

    // Several copies of each photo are judged, and most are mistaken for the same label.
    private static string Times(KeyValuePair<string, int> mistaken) =>
        mistaken.Value == 1 ? mistaken.Key : $"{mistaken.Key} ({mistaken.Value})";
}
