using System.CommandLine;
using System.Globalization;
using SockSort.Cli.Output;
using SockSort.Models.Versions;
using Spectre.Console;

namespace SockSort.Cli.Commands.Model;

/// <summary><c>socksort model list</c>: prints the versions of a model.</summary>
internal static class ModelListCommand
{
    private static readonly Option<string> Model = ModelVersionsOf.CreateOption();
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print an array with version, since, in_use, kept, classes, photos, accuracy, bytes, path, problem",
    };

    public static Command Create()
    {
        var command = new Command("list", """
            Lists the versions of a model, the oldest first: since when each is there, what it knows, how many photos it has learnt from,
            how good its training found it, and which one is in use.

            Example:
              socksort model list
            """)
        { Model, Json };
        command.SetAction(line =>
        {
            var versions = ModelVersionsOf.Open(line.GetRequiredValue(Model)).List();
            var output = line.InvocationConfiguration.Output;
            if (line.GetValue(Json))
                output.WriteLine(JsonOutput.Of(versions.Select(RowOf)));
            else
                Consoles.For(output).Write(TableOf(versions));
            return ExitCode.Done;
        });
        return command;
    }

    private static Table TableOf(IReadOnlyList<KeptVersion> versions)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("version", "since", "socks", "photos", "accuracy", "");
        table.Columns[3].RightAligned();
        table.Columns[4].RightAligned();
        foreach (var version in versions)
        {
            _ = table.AddRow(
                new Text(version.Version),
                new Text(version.Since.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                new Text(version.Card is { } card ? string.Join(", ", card.Classes.Select(known => known.Label)) : "-"),
                new Text(version.Photos?.ToString(CultureInfo.InvariantCulture) ?? "-"),
                new Text(Percents.Of(version.Accuracy)),
                new Text(NoteOf(version)));
        }
        return table;
    }

    private static string NoteOf(KeptVersion version)
    {
        var use = version.IsInUse ? "in use" : "";
        return version.Problem is { } problem ? $"{use} damaged: {problem}".TrimStart() : use;
    }

    private static Row RowOf(KeptVersion version) => new(
        version.Version, version.Since, version.IsInUse, version.IsKept, version.Card?.Classes.Select(known => known.Label),
        version.Photos, version.Accuracy, version.LengthBytes, version.Path, version.Problem);

    private sealed record Row(
        string Version, DateTimeOffset Since, bool InUse, bool Kept, IEnumerable<string>? Classes, int? Photos, double? Accuracy,
        long Bytes, string Path, string? Problem);
}
