using System.CommandLine;

namespace SockSort.Cli;

/// <summary>Every command of <c>socksort</c>, in the order of the way; one file each under <c>Commands/</c>.</summary>
internal static class CommandList
{
    public static IEnumerable<Command> All() =>
    [
        Commands.Im2RecCommand.Create(),
    ];
}
