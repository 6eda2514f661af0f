using System.CommandLine;
using System.CommandLine.Parsing;
using SockSort.Cli.Commands;
using SockSort.Cli.Output;
using SockSort.Mqtt.Addresses;
using Spectre.Console;

namespace SockSort.Cli;

/// <summary>Runs the parsed command line and turns its end into an exit code: 0 done, 1 the work failed, 2 the line was wrong.</summary>
internal static class CommandLine
{
    // A file or a pipe has no edge: a path broken in two could not be searched for.
    private const int RedirectedWidth = 1000;

    // After Ctrl-C: what is under way is put in order. A machine that is busy may need more than the two seconds that are usual.
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(10);

    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show the stack trace of an error",
        Recursive = true,
    };

    /// <remarks>
    /// Commands print to <paramref name="output"/>, errors and warnings go to <paramref name="error"/>; by default both are the console's.
    /// </remarks>
    public static async Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? error = null)
    {
        error ??= Console.Error;
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = RedirectedWidth;
        var line = Root().Parse(Im2RecCommand.Normalize(args));
        if (line.Errors.Count > 0)
        {
            foreach (var mistake in line.Errors)
                // It repeats what was typed, wherever that may have belonged.
                await error.WriteLineAsync($"socksort: {Secretless.Text(mistake.Message)}");
            await error.WriteLineAsync($"socksort: see 'socksort {NameOf(line)}--help'");
            return ExitCode.WrongUsage;
        }
        try
        {
            return await line.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = SqlShellCommand.TakesInterrupts(line) ? null : EndWithin,
                Output = output ?? Console.Out,
                Error = error,
            });
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("socksort: interrupted");
            return ExitCode.Failed;
        }
        catch (Exception failure)
        {
            await error.WriteLineAsync($"socksort: {Describe(failure)}");
            if (line.GetValue(Verbose))
                await error.WriteLineAsync(Secretless.Text(failure.ToString()));
            return ExitCode.Failed;
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Teaches a camera to tell socks apart, and says when there is a pair.") { Verbose };
        foreach (var command in CommandList.All())
            root.Subcommands.Add(command);
        return root;
    }

    /// <summary>Our own errors and the system's speak for themselves; anything else is a fault of the program and says so.</summary>
    private static string Describe(Exception error) =>
        ExpectedErrors.Is(error)
            ? error.Message
            : $"unexpected error, please report it ({error.GetType().Name}): {Secretless.Text(error.Message)}; --verbose shows where";

    private static string NameOf(ParseResult line)
    {
        var name = "";
        for (var at = line.CommandResult; at.Parent is CommandResult parent; at = parent)
            name = $"{at.Command.Name} {name}";
        return name;
    }
}
