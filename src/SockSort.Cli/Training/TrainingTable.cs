using SockSort.Training;
using Spectre.Console;

namespace SockSort.Cli.Training;

/// <summary>What came out of a training: a row a class, the accuracy and how it was measured, what was left out.</summary>
internal static class TrainingTable
{
    public static void Write(IAnsiConsole console, TrainingResult result, string path)
    {
        foreach (var photo in result.Skipped)
            console.MarkupLineInterpolated($"[yellow]skipped[/] {photo.Path}: {photo.Reason}");
        foreach (var folder in result.DroppedFolders)
            console.MarkupLineInterpolated($"[yellow]left out[/] {folder}: no readable photo");
        console.Write(Table(result));
        if (result.Accuracy is { } accuracy)
        {
            console.WriteLine(
                $"accuracy {accuracy:P0}: {result.Right} of {result.HeldOut} photos right, each judged by a head that had seen neither it nor a copy of it "
                + $"({result.Folds} folds); of their changed copies {result.CopiesRight:P0}");
        }
        else
        {
            console.WriteLine("accuracy not measured: no class has two photos");
        }
        var skipped = result.Skipped.Count > 0 ? $", {result.Skipped.Count} skipped" : "";
        console.WriteLine($"{path}: {result.Classes.Count} labels, learnt from {result.Classes.Sum(known => known.Photos)} photos ({result.Pictures} pictures){skipped}");
    }

    private static Table Table(TrainingResult result)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("label", "folder", "photos", "right", "mistaken for");
        table.Columns[2].RightAligned();
        table.Columns[3].RightAligned();
        foreach (var known in result.Classes)
        {
            _ = table.AddRow(
                new Text(known.Label),
                new Text(known.Folder ?? "(painted backgrounds)"),
                new Text($"{known.Photos}"),
                new Text(known.HeldOut == 0 ? "-" : $"{known.Right}/{known.HeldOut}"),
                new Text(string.Join(", ", known.MistakenFor)));
        }
        return table;
    }
}
