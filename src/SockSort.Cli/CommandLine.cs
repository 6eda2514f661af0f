using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using SockSort.Cli.Commands;
using SockSort.Cli.Output;
using SockSort.Mqtt.Addresses;
using Spectre.Console;

namespace SockSort.Cli;

/// <summary>Runs the parsed command line and returns its exit code: 0 done, 1 the work failed, 2 wrong usage.</summary>
internal static class CommandLine
{
    // A file or a pipe has no width: a path broken over two lines could not be searched for.
    private const int RedirectedWidth = 1000;

    // After Ctrl-C running work is completed; a busy machine may need more than the library's default of two seconds.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(10);

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
                // The message repeats what was typed, which may contain a secret.
                await error.WriteLineAsync($"socksort: {Secretless.Text(mistake.Message)}");
            await error.WriteLineAsync($"socksort: see 'socksort {NameOf(line)}--help'");
            return ExitCode.WrongUsage;
        }
        var takesInterrupts = SqlShellCommand.TakesInterrupts(line);
        // Only asynchronous commands are told of a cancellation; the others end at once.
        using var early = !takesInterrupts && line.Action is AsynchronousCommandLineAction ? new EarlySignals() : null;
        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = takesInterrupts ? null : TerminationTimeout,
                Output = output ?? Console.Out,
                Error = error,
            };
            return await line.InvokeAsync(configuration, early?.Token ?? CancellationToken.None);
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

    /// <summary>Expected errors are shown as they are; any other exception is a bug in the program and is shown as such.</summary>
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
