using System.CommandLine;
using SockSort.Cli.Sorting;
using SockSort.Sorting.Ledger;

namespace SockSort.Cli.Commands.Sorting;

/// <summary><c>socksort sorting correct</c>: a sighting was of another sock.</summary>
internal static class SortingCorrectCommand
{
    private static readonly Argument<string> Sighting = SightingArguments.Sighting();
    private static readonly Argument<string> Sock = new("SOCK") { Description = "What it really was" };
    private static readonly Option<string?> Was = SightingArguments.Was();
    private static readonly CorrectionArguments Where = new();

    public static Command Create()
    {
        var command = new Command("correct", """
            Says that a sighting was of another sock; it counts as that one from now on. What the camera saw stays in the log.

            Example:
              socksort sorting correct kitchen@1764513123456 Mongo --server http://127.0.0.1:8088
            """)
        { Sighting, Sock, Was };
        Where.AddTo(command);
        command.SetAction((line, cancellation) =>
        {
            var (sighting, sock) = (line.GetRequiredValue(Sighting), line.GetRequiredValue(Sock));
            var correction = Correction.New(CorrectionKind.Relabel) with { Sighting = sighting, Sock = sock, Was = line.GetValue(Was) };
            return Where.MakeAsync(line, correction, $"{sighting} counts as {sock}", cancellation);
        });
        return command;
    }
}
