using System.CommandLine;
using SockSort.Cli.Commands.Sorting;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort sorting</c>: the ledger of the socks that were seen, and what is put right in it.</summary>
internal static class SortingCommand
{
    public static Command Create() => new("sorting", """
        Says which socks were seen and what pairs they make, puts right what was taken for something else, and measures how well socks are
        counted.

        Example:
          socksort sorting ledger
          socksort sorting correct kitchen@1764513123456 Mongo --server http://127.0.0.1:8088
        """)
    {
        SortingLedgerCommand.Create(),
        SortingSightingsCommand.Create(),
        SortingCorrectCommand.Create(),
        SortingForgetCommand.Create(),
        SortingMergeCommand.Create(),
        SortingLaundryDoneCommand.Create(),
        SortingEvaluateCommand.Create(),
    };
}
