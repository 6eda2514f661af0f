using System.CommandLine;
using SockSort.Cli.Sorting;
using SockSort.Sorting.Ledger;

namespace SockSort.Cli.Commands.Sorting;

/// <summary><c>socksort sorting merge</c>: two names are of one sock.</summary>
internal static class SortingMergeCommand
{
    private static readonly Argument<string> Sock = new("SOCK") { Description = "The name that goes" };
    private static readonly Argument<string> Into = new("INTO") { Description = "The name that is left" };
    private static readonly CorrectionArguments Where = new();

    public static Command Create()
    {
        var command = new Command("merge", """
            Says that two names are of one sock: what was and what will be seen of the first counts as the second.

            Example:
              socksort sorting merge "Old Google" Google --server http://127.0.0.1:8088
            """)
        { Sock, Into };
        Where.AddTo(command);
        command.SetAction((line, cancellation) =>
        {
            var (sock, into) = (line.GetRequiredValue(Sock), line.GetRequiredValue(Into));
            var correction = Correction.New(CorrectionKind.Merge) with { Sock = sock, IntoSock = into };
            return Where.MakeAsync(line, correction, $"{sock} counts as {into}", cancellation);
        });
        return command;
    }
}
