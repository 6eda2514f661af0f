using System.CommandLine;
using Microsoft.Extensions.Logging;
using SockSort.Cli.Logs;
using SockSort.Cli.Output;
using SockSort.Cli.Parts;
using SockSort.Cli.Sql;
using SockSort.Client.Prompt;
using SockSort.Client.Results;
using SockSort.Host.Parts;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort sql …</c>: runs scripts in ksqlDB's dialect over the log.</summary>
internal static class SqlCommand
{
    private const int DefaultWidth = 80;

    private static readonly Argument<FileInfo> Script = new("FILE") { Description = "The script; statements end with ';'" };
    private static readonly LogPlaceOptions Place = new();
    private static readonly Option<DirectoryInfo?> Secrets = new("--secrets")
    {
        Description = "Folder below which ${file:/path:KEY} in connectors' settings is looked up",
    };
    private static readonly Option<bool> Moved = MovedOption.Create();
    private static readonly Option<string?> Server = new("--server")
    {
        Description = "Run it on this server, instead of over the log in a folder",
        HelpName = "URL",
    };
    private static readonly Option<bool> Once = new("--once")
    {
        Description = "End when all records that are there have been processed, instead of at Ctrl-C",
    };

    private static readonly Option<int> Threads = QueryThreadsOption.Create();

    private static readonly LogArguments Logging = new(LogLevel.Warning, informationCategory: "SockSort.Connect");

    public static Command Create()
    {
        var sql = new Command("sql", "A prompt to a server, or SQL scripts over the log.\n\nExample:\n  socksort sql http://127.0.0.1:8088")
        {
            Run(), SqlReplayCommand.Create(), SqlExplainCommand.Create(), SqlFormatCommand.Create(), SqlFunctionsCommand.Create(),
            SqlConformCommand.Create(), SqlTestCommand.Create(),
        };
        SqlShellCommand.AddTo(sql);
        return sql;
    }

    private static Command Run()
    {
        var command = new Command("run", """
            Run a script and print what its statements give, in the log of a folder or on a server; a SELECT … EMIT CHANGES prints rows
            until its LIMIT or Ctrl-C

            Examples:
              socksort sql run samples/sock.ksql --data ./socksort-data
              socksort sql run samples/sock.ksql --server http://127.0.0.1:8088
            """)
        {
            Script, Place.Data, Place.Log, Secrets, Moved, Once, Threads, Server, ServerConnection.User, ServerConnection.PasswordFile,
        };
        Logging.AddTo(command);
        command.Validators.Add(given =>
        {
            Option[] local = [Place.Data, Place.Log, Secrets, Moved, Once, Threads];
            if (given.GetValue(Server) is not null
                && local.FirstOrDefault(option => given.GetResult(option) is { Implicit: false }) is { } other)
                given.AddError($"{other.Name} is for a log in a folder: it does not go with --server");
        });
        command.SetAction((line, cancellation) => line.GetValue(Server) is { } server
            ? RunRemoteAsync(line.GetRequiredValue(Script), server, line, cancellation)
            : RunAsync(line, cancellation));
        return command;
    }

    private static async Task<int> RunRemoteAsync(FileInfo script, string server, ParseResult line, CancellationToken cancellation)
    {
        using var client = ServerConnection.Open(server, line);
        var text = new SourceText(script.Name, await File.ReadAllTextAsync(script.FullName, cancellation));
        await new SqlShell(client, line.InvocationConfiguration.Output, Width()).RunScriptAsync(text, echo: true, cancellation);
        return ExitCode.Done;
    }

    private static int Width() => Console.IsOutputRedirected ? DefaultWidth : Math.Max(DefaultWidth, Console.WindowWidth);

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var (script, once, output) = (line.GetRequiredValue(Script), line.GetValue(Once), line.InvocationConfiguration.Output);
        var text = new SourceText(script.Name, await File.ReadAllTextAsync(script.FullName, cancellation));
        using var logging = Logging.Open(line);
        await using var host = new PartHost(logging.Loggers);
        var log = SqlParts.OpenLog(host, Place.Of(line));
        var plan = new SqlPlan
        {
            Log = log,
            Secrets = line.GetValue(Secrets)?.FullName,
            HasMoved = line.GetValue(Moved),
            Threads = line.GetValue(Threads),
        };
        var engine = SqlParts.Open(host, plan).Engine;
        var printer = new SqlResultPrinter(output, Width(), once ? engine.RunUntilIdle : null);
        if (!once)
            engine.Start();
        var started = await new SqlScriptRunner(engine, printer, output).RunAsync(text, cancellation);
        if (once)
            engine.RunUntilIdle();
        else if (started.Count > 0 && !cancellation.IsCancellationRequested)
        {
            output.WriteLine($"running: {string.Join(", ", started)}; Ctrl-C ends");
            await host.WaitAsync(cancellation);
        }
        return ExitCode.Done;
    }
}
