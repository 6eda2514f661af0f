using System.CommandLine;
using SockSort.Cli.Output;

namespace SockSort.Cli.Commands.Model;

/// <summary><c>socksort model rollback</c>: puts the version before in a model's place.</summary>
internal static class ModelRollbackCommand
{
    private static readonly Option<string> Model = ModelVersionsOf.CreateOption();

    public static Command Create()
    {
        var command = new Command("rollback", """
            Puts the version in the model's place that was in use before this one, byte by byte; once more, the one before that. What it
            replaces is kept.

            Example:
              socksort model rollback
            """)
        { Model };
        command.SetAction(line =>
        {
            var model = line.GetRequiredValue(Model);
            var now = ModelVersionsOf.Open(model).Rollback();
            line.InvocationConfiguration.Output.WriteLine(
                $"{model}: version {now.Version} is in use again: {string.Join(", ", now.Package.Labels)}");
            return ExitCode.Done;
        });
        return command;
    }
}
