using System.CommandLine;
using System.Globalization;
using SockSort.Cli.Logs;
using SockSort.Cli.Output;
using SockSort.Sorting.Topics;

namespace SockSort.Cli.Commands.Sorting;

/// <summary><c>socksort sorting sightings</c>: prints the newest sightings with their ids.</summary>
internal static class SortingSightingsCommand
{
    private static readonly string[] Titles = ["sighting", "sock", "from", "seconds", "frames", "confidence", "ended by"];

    private static readonly LogPlaceOptions Place = new();

    private static readonly Option<int> Last = new Option<int>("--last")
    {
        Description = "So many of the newest",
        DefaultValueFactory = _ => 20,
        HelpName = "N",
    }.Within(1, 1_000_000);

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a sighting, for scripts" };

    public static Command Create()
    {
        var command = new Command("sightings", """
            Shows the newest sightings, as the cameras saw them, with the ids by which they are corrected.

            Example:
              socksort sorting sightings --last 5
            """)
        { Place.Data, Place.Log, Last, Json };
        command.SetAction(line =>
        {
            using var log = Place.Of(line).OpenReader();
            var sightings = SightingHistory.Read(log).TakeLast(line.GetValue(Last)).ToList();
            SortingRows.Write(sightings, Titles, Cells, line.GetValue(Json), line.InvocationConfiguration.Output);
            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Cells(SightingRow row) =>
    [
        row.Id, row.Sock, SortingRows.Time(row.SeenFromMs),
        ((row.SeenToMs - row.SeenFromMs) / 1000.0).ToString("0.0", CultureInfo.InvariantCulture),
        SortingRows.Whole(row.Frames), row.Confidence.ToString("0", CultureInfo.InvariantCulture) + " %",
        row.ClosedBy?.ToLowerInvariant() ?? "-",
    ];
}
