using System.CommandLine;
using System.Globalization;
using SockSort.Cli.Output;
using SockSort.Cli.Topics;
using SockSort.Log.Opening;
using SockSort.Sorting.Ledger;
using SockSort.Sorting.Queries;

namespace SockSort.Cli.Commands.Sorting;

/// <summary><c>socksort sorting ledger</c>: prints the ledger.</summary>
internal static class SortingLedgerCommand
{
    private static readonly string[] Titles = ["sock", "seen", "pairs", "odd", "last seen", "all seen", "all pairs"];

    private static readonly Option<string> Data = DataOption.Create();

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
        { Data, At, Json };
        command.SetAction(line =>
        {
            using var log = DataFolder.OpenReader(line.GetRequiredValue(Data));
            var rows = LedgerHistory.Read(log, SortingNames.Ledger, line.GetValue(At));
            Write(rows, line.GetValue(Json), line.InvocationConfiguration.Output);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(IReadOnlyList<LedgerRow> rows, bool asJson, TextWriter into)
    {
        if (asJson)
        {
            foreach (var row in rows)
                into.WriteLine(System.Text.Json.JsonSerializer.Serialize(row, JsonLines.Options));
            return;
        }
        Columns.Write([Titles, .. rows.Select(Cells)], isNamed: true, into);
        if (rows.Count == 0)
            into.WriteLine("(no sock was seen yet)");
    }

    private static string[] Cells(LedgerRow row) =>
    [
        row.Sock, Whole(row.Seen), Whole(row.Pairs), Whole(row.Odd), JsonLines.Time(row.LastSeenMs), Whole(row.TotalSeen),
        Whole(row.TotalPairs),
    ];

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
