using System.CommandLine;
using SockSort.Cli.Logs;
using SockSort.Cli.Output;
using SockSort.Cli.Run;
using SockSort.Host.Logging;
using SockSort.Host.Parts;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort run</c>: runs everything that a configuration file asks for in one process.</summary>
internal static class RunCommand
{
    private static readonly Option<string?> Config = new("--config")
    {
        Description = "Configuration file; by default socksort.yaml of this folder, where there is one",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Log = LogPlaceOptions.CreateLog(
        "Take Kafka as the log, in place of the key log.address: kafka://HOST:PORT, with a login ?properties=FILE");

    private static readonly LogArguments Logging = new();

    public static Command Create()
    {
        var command = new Command("run", """
            Runs cameras, broker, connectors, log, SQL and live view until it is ended, as one configuration file says.

            Example:
              socksort config example > socksort.yaml
              socksort check socksort.yaml
              socksort run --config socksort.yaml
            """)
        { Config, Log };
        Logging.AddTo(command);
        // Ctrl-C is the ordinary end, even during the start.
        command.SetAction((line, cancellation) => RunAsync(line.GetValue(Config), Logging, line, cancellation, line.GetValue(Log)));
        return command;
    }

    /// <param name="path">The configuration file; null for the usual one.</param>
    /// <param name="log">The address of Kafka as the log; null for what the file says.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        string? path, LogArguments logging, ParseResult line, CancellationToken cancellation, string? log = null) =>
        Endings.CancelledAsDoneAsync(RunPartsAsync(path, log, logging, line, cancellation), cancellation);

    private static async Task<int> RunPartsAsync(
        string? path, string? log, LogArguments arguments, ParseResult line, CancellationToken cancellation)
    {
        // The library handles Ctrl-C only after the command's first await.
        await Task.Yield();
        var console = line.InvocationConfiguration;
        var read = await RunConfigurations.ReadAsync(path, cancellation);
        if (RunConfigurations.TellMistakes([.. read.Mistakes, .. read.Configuration.MissingForRun()], console.Error))
            return ExitCode.WrongUsage;
        using var logging = new HostLogging(arguments.Of(line, read.Configuration.Logging), console.Error);
        await using var host = new PartHost(logging.Loggers);
        try
        {
            var configuration = log is null ? read.Configuration : read.Configuration with { Log = new() { Address = log } };
            await RunParts.StartAsync(host, configuration, console, logging.Levels, cancellation);
        }
        catch (MistakeException error)
        {
            _ = RunConfigurations.TellMistakes([error.Mistake], console.Error);
            return ExitCode.WrongUsage;
        }
        console.Output.WriteLine("running; Ctrl-C ends");
        await host.WaitAsync(cancellation);
        return ExitCode.Done;
    }
}
