using System.CommandLine;
using SockSort.Cli.Sorting;
using SockSort.Sorting.Ledger;

namespace SockSort.Cli.Commands.Sorting;

/// <summary><c>socksort sorting forget</c>: a sighting was none.</summary>
internal static class SortingForgetCommand
{
    private static readonly Argument<string> Sighting = SightingArguments.Sighting();
    private static readonly Option<string?> Was = SightingArguments.Was();
    private static readonly CorrectionArguments Where = new();

    public static Command Create()
    {
        var command = new Command("forget", """
            Says that a sighting was none: it does not count any more.

            Example:
              socksort sorting forget kitchen@1764513123456 --server http://127.0.0.1:8088
            """)
        { Sighting, Was };
        Where.AddTo(command);
        command.SetAction((line, cancellation) =>
        {
            var sighting = line.GetRequiredValue(Sighting);
            var correction = Correction.New(CorrectionKind.Forget) with { Sighting = sighting, Was = line.GetValue(Was) };
            return Where.MakeAsync(line, correction, $"{sighting} does not count any more", cancellation);
        });
        return command;
    }
}
