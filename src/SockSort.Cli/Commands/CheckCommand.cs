using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Cli.Run;
using SockSort.Host.Configuration.Mistakes;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort check</c>: finds the mistakes of a configuration without starting anything.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string> Config = new("CONFIG") { Description = "Configuration file of 'socksort run'" };

    public static Command Create()
    {
        var command = new Command("check", """
            Names every mistake of a configuration with its line and column: keys and values, the model, cameras, SQL, connectors, ports and
            folders. Starts nothing.

            Example:
              socksort check socksort.yaml
            """)
        { Config };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var (path, console) = (line.GetRequiredValue(Config), line.InvocationConfiguration);
        var read = await RunConfigurations.ReadAsync(path, cancellation);
        // If the file itself cannot be read, there is nothing more to check.
        var isRead = read.Mistakes.All(mistake => mistake.Place.Line > 0);
        var found = isRead ? await new ConfigurationCheck(read.Configuration).FindAsync(cancellation) : [];
        List<ConfigurationMistake> mistakes =
            [.. read.Mistakes.Concat(found).OrderBy(mistake => (mistake.Place.Line, mistake.Place.Column))];
        if (RunConfigurations.TellMistakes(mistakes, console.Error))
        {
            console.Error.WriteLine($"{path}: {Counted.Of(mistakes.Count, "mistake")}");
            return ExitCode.Failed;
        }
        console.Output.WriteLine($"{path}: no mistakes");
        return ExitCode.Done;
    }
}
