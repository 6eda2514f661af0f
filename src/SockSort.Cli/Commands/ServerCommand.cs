using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Cli.Sql;
using SockSort.Connect;
using SockSort.Log;
using SockSort.Server.Ksql;
using SockSort.Sql.Durability;
using SockSort.Sql.Engine;
using SockSort.Sql.Parsing;
using SockSort.Sql.Topics;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort server</c>: the SQL engine as ksqlDB's REST server.</summary>
internal static class ServerCommand
{
    /// <summary>Where server and prompt look for the password.</summary>
    public const string PasswordVariable = "SOCKSORT_PASSWORD";

    private static readonly Option<FileInfo?> Queries = new("--queries") { Description = "Script of what is to exist: applied at each start, it makes what is missing", HelpName = "FILE" };
    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "Address and port; beyond this machine only with a password",
        DefaultValueFactory = _ => KsqlServerOptions.DefaultListen.ToString(),
        HelpName = "URL",
    };

    private static readonly Option<string> Data = DataOption.Create();
    private static readonly Option<DirectoryInfo?> Secrets = new("--secrets") { Description = "Folder below which ${file:/path:KEY} in connectors' settings is looked up" };
    private static readonly Option<bool> ReadOnly = new("--read-only") { Description = "Take no changes over HTTP; they come from the queries file" };
    private static readonly Option<FileInfo?> PasswordFile = new("--password-file") { Description = $"File whose first line clients must send, as HTTP Basic or Bearer; or the environment variable {PasswordVariable}", HelpName = "FILE" };

    public static Command Create()
    {
        Listen.Validators.Add(given =>
        {
            if (!Uri.TryCreate(given.GetValueOrDefault<string>(), UriKind.Absolute, out _))
                given.AddError($"--listen {given.GetValueOrDefault<string>()} is no address, expected one as http://127.0.0.1:8088");
        });
        var command = new Command("server", """
            Runs SQL for good: queries keep their state, go on after a restart, and are spoken to by ksqlDB's REST API.

            Example:
              socksort server --queries samples/sock.ksql --secrets ./socksort-data --data ./socksort-data
              curl -s http://127.0.0.1:8088/ksql -d '{"ksql": "SHOW QUERIES;"}'
            """)
        { Queries, Listen, Data, Secrets, ReadOnly, PasswordFile };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var options = OptionsOf(line);
        var output = line.InvocationConfiguration.Output;
        await using var log = EventLog.Open(line.GetRequiredValue(Data));
        await using var topics = new LogTopics(log);
        await using var worker = new ConnectWorker(log, new Secrets(line.GetValue(Secrets)?.FullName));
        await using var engine = new SqlEngine(topics, new() { Connectors = new WorkerConnectors(worker), KeepsState = true });
        var commands = new CommandLog(engine, topics);
        await RestoreAsync(commands, output, line.InvocationConfiguration.Error, cancellation);
        if (line.GetValue(Queries) is { } file)
            await ApplyAsync(commands, file, output, line.InvocationConfiguration.Error, cancellation);
        engine.Start();
        await using var server = await KsqlServer.StartAsync(engine, commands, options, cancellation);
        output.WriteLine($"listening on {server.Address.GetLeftPart(UriPartial.Authority)}; Ctrl-C ends");
        await new EngineJournal(engine.Snapshot, line.InvocationConfiguration.Error, TimeProvider.System).RunAsync(cancellation);
        return CommandLine.Done;
    }

    private static async Task RestoreAsync(CommandLog commands, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var (statements, problems) = await commands.ReplayAsync(cancellation);
        foreach (var problem in problems)
            error.WriteLine($"note: {problem}");
        if (statements > 0)
            output.WriteLine($"restored what {statements} statements of earlier runs have made");
    }

    private static async Task ApplyAsync(CommandLog commands, FileInfo file, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var script = new SourceText(file.Name, await File.ReadAllTextAsync(file.FullName, cancellation));
        var queries = new QueriesFile(commands)
        {
            PassedOver = statement => error.WriteLine($"note: {statement.Span.Place}: passed over, a queries file only makes what is to exist"),
            Ran = (_, result) =>
            {
                if (result is MessageResult { Message.Length: > 0 } message)
                    output.WriteLine(string.Join("; ", [message.Message, .. message.Notes]));
            },
        };
        var (run, present) = await queries.ApplyAsync(script, cancellation);
        output.WriteLine($"{file.Name}: {run} statements run, {present} were in force already");
    }

    private static KsqlServerOptions OptionsOf(ParseResult line) => new()
    {
        Listen = new Uri(line.GetRequiredValue(Listen)),
        IsReadOnly = line.GetValue(ReadOnly),
        Password = Output.PasswordFile.Read(line.GetValue(PasswordFile), PasswordVariable),
    };
}
