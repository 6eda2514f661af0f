using System.CommandLine;
using SockSort.Cli.Logs;
using SockSort.Cli.Output;
using SockSort.Sorting.Topics;

namespace SockSort.Cli.Commands.Sorting;

/// <summary><c>socksort sorting ledger</c>: prints the ledger.</summary>
internal static class SortingLedgerCommand
{
    private static readonly string[] Titles = ["sock", "seen", "pairs", "odd", "last seen", "all seen", "all pairs"];

    private static readonly LogPlaceOptions Place = new();

    private static readonly Option<DateTimeOffset?> At = new("--at")
    {
        Description = "As it was at that time: 2026-11-30T18:00 (this machine's time zone), or with Z or +01:00",
        HelpName = "TIME",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a sock, for scripts" };

    public static Command Create()
    {
        var command = new Command("ledger", """
            Shows each sock that was seen since the laundry was last done, its pairs and the odd one; 'all' counts those before, too. It
            reads the data folder, also while 'socksort run' writes to it.

            Example:
              socksort sorting ledger
              socksort sorting ledger --at 2026-11-30T18:00
            """)
        { Place.Data, Place.Log, At, Json };
        command.SetAction(line =>
        {
            using var log = Place.Of(line).OpenReader();
            var rows = LedgerHistory.Read(log, SortingNames.Ledger, line.GetValue(At));
            SortingRows.Write(rows, Titles, Cells, line.GetValue(Json), line.InvocationConfiguration.Output);
            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Cells(LedgerRow row) =>
    [
        row.Sock, SortingRows.Whole(row.Seen), SortingRows.Whole(row.Pairs), SortingRows.Whole(row.Odd), SortingRows.Time(row.LastSeenMs),
        SortingRows.Whole(row.TotalSeen), SortingRows.Whole(row.TotalPairs),
    ];
}
