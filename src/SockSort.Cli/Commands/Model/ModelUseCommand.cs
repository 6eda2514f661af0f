using System.CommandLine;
using SockSort.Cli.Output;

namespace SockSort.Cli.Commands.Model;

/// <summary><c>socksort model use</c>: puts a version, or another package, in a model's place.</summary>
internal static class ModelUseCommand
{
    private static readonly Argument<string> Wanted = new("VERSION|FILE")
    {
        Description = "A version by its first digits, at least 4; or a package, here or s3://, or the folder that it was unpacked to",
    };
    private static readonly Option<string> Model = ModelVersionsOf.CreateOption();

    public static Command Create()
    {
        var command = new Command("use", """
            Puts a version, or another package, in the model's place; what was there is kept as a version. It is one step: a program that
            is killed leaves the old or the new model. A camera that runs takes the new one between two frames.

            Example:
              socksort model use 0a1b2c
            """)
        { Wanted, Model };
        command.SetAction(async (line, cancel) =>
        {
            var model = line.GetRequiredValue(Model);
            var versions = ModelVersionsOf.Open(model);
            var wanted = await ModelVersionsOf.ReadAsync(versions, line.GetRequiredValue(Wanted), cancel);
            var before = versions.Use(wanted);
            line.InvocationConfiguration.Output.WriteLine(
                before?.Version == wanted.Version
                    ? $"{model}: version {wanted.Version} is in use already"
                    : $"{model}: version {wanted.Version} is in use now{(before is null ? "" : $", before it was {before.Version}")}");
            return ExitCode.Done;
        });
        return command;
    }
}
