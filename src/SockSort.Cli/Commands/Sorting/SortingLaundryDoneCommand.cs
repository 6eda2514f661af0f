using System.CommandLine;
using SockSort.Cli.Sorting;
using SockSort.Sorting.Ledger;

namespace SockSort.Cli.Commands.Sorting;

/// <summary><c>socksort sorting laundry-done</c>: begins a new count.</summary>
internal static class SortingLaundryDoneCommand
{
    private static readonly CorrectionArguments Where = new();

    public static Command Create()
    {
        var command = new Command("laundry-done", """
            All socks are in their drawers: a new count begins. What was counted stays in sock_washes and in the columns 'all' of the
            ledger.

            Example:
              socksort sorting laundry-done --server http://127.0.0.1:8088
            """);
        Where.AddTo(command);
        command.SetAction((line, cancellation) =>
            Where.MakeAsync(line, Correction.New(CorrectionKind.LaundryDone), "a new count has begun", cancellation));
        return command;
    }
}
