using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Cli.Sql;
using SockSort.Connect;
using SockSort.Log;
using SockSort.Sql.Engine;
using SockSort.Sql.Parsing;
using SockSort.Sql.Topics;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort sql …</c>: scripts in ksqlDB's dialect over the log.</summary>
internal static class SqlCommand
{
    private const int DefaultWidth = 80;

    private static readonly Argument<FileInfo> Script = new("FILE") { Description = "The script; statements end with ';'" };
    private static readonly Option<string> Data = DataOption.Create();
    private static readonly Option<DirectoryInfo?> Secrets = new("--secrets") { Description = "Folder below which ${file:/path:KEY} in connectors' settings is looked up" };
    private static readonly Option<bool> Once = new("--once") { Description = "End when all records that are there have been processed, instead of at Ctrl-C" };

    public static Command Create() => new("sql", "Run SQL scripts over the log") { Run(), SqlConformCommand.Create() };

    private static Command Run()
    {
        var command = new Command("run", """
            Run a script and print what its statements give; a SELECT … EMIT CHANGES prints rows until Ctrl-C

            Example: socksort sql run samples/sock.ksql --data ./socksort-data
            """)
        {
            Script, Data, Secrets, Once,
        };
        command.SetAction((line, cancellation) => RunAsync(
            line.GetRequiredValue(Script), line.GetRequiredValue(Data), line.GetValue(Secrets), line.GetValue(Once), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo script, string data, DirectoryInfo? secrets, bool once, CancellationToken cancellation)
    {
        var text = new SourceText(script.Name, await File.ReadAllTextAsync(script.FullName, cancellation));
        await using var log = EventLog.Open(data);
        await using var topics = new LogTopics(log);
        await using var worker = new ConnectWorker(log, new Secrets(secrets?.FullName));
        await using var engine = new SqlEngine(topics, new() { Connectors = new WorkerConnectors(worker) });
        var output = Console.Out;
        var printer = new SqlResultPrinter(output, Console.IsOutputRedirected ? DefaultWidth : Math.Max(DefaultWidth, Console.WindowWidth));
        if (!once)
            engine.Start();
        var started = await new SqlScriptRunner(engine, printer, output).RunAsync(text, cancellation);
        if (once)
            engine.RunUntilIdle();
        else if (started.Count > 0 && !cancellation.IsCancellationRequested)
        {
            output.WriteLine($"running: {string.Join(", ", started)}; Ctrl-C ends");
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return CommandLine.Done;
    }
}
