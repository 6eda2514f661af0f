using System.CommandLine;
using SockSort.Cli.Output;

namespace SockSort.Cli.Edge;

/// <summary>Replaces a command that needs the trainer in the program for the edge, and says so.</summary>
internal static class AbsentCommand
{
    public static Command Create(string name)
    {
        var command = new Command(name, "Not in this program: it was built for the edge, without the trainer")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(Fail);
        return command;

        int Fail(ParseResult line) => throw new CommandException(
            $"'{name}' is not in this program: it was built for the edge, without the trainer and libtorch (460 MB); "
            + $"run 'socksort {name}' where the whole program is, and bring the model package here");
    }
}
