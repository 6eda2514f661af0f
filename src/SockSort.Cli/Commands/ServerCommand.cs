using System.CommandLine;
using SockSort.Cli.Brokers;
using SockSort.Cli.Output;
using SockSort.Cli.Sql;
using SockSort.Connect.Configuration;
using SockSort.Connect.Worker;
using SockSort.Log.Opening;
using SockSort.Mqtt;
using SockSort.Server.Ksql;
using SockSort.Sql.Engine;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort server</c>: the SQL engine as ksqlDB's REST server.</summary>
internal static class ServerCommand
{
    /// <summary>Where server and prompt look for the password.</summary>
    public const string PasswordVariable = "SOCKSORT_PASSWORD";

    private static readonly Option<FileInfo?> Queries = new("--queries")
    {
        Description = "Script of what is to exist: applied at each start, it makes what is missing",
        HelpName = "FILE",
    };
    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "Address and port; beyond this machine only with a password",
        DefaultValueFactory = _ => KsqlServerOptions.DefaultListen.ToString(),
        HelpName = "URL",
    };

    private static readonly Option<string> Data = DataOption.Create();
    private static readonly Option<DirectoryInfo?> Secrets = new("--secrets")
    {
        Description = "Folder below which ${file:/path:KEY} in connectors' settings is looked up",
    };
    private static readonly Option<bool> Moved = MovedOption.Create();
    private static readonly Option<bool> ReadOnly = new("--read-only")
    {
        Description = "Take no changes over HTTP; they come from the queries file",
    };
    private static readonly Option<FileInfo?> PasswordFile = new("--password-file")
    {
        Description = $"File whose first line clients must send, as HTTP Basic or Bearer; or the environment variable {PasswordVariable}",
        HelpName = "FILE",
    };

    private static readonly BrokerArguments OwnBroker = new();

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
              socksort server --queries samples/sock.ksql --secrets ./socksort-data --mqtt-listen 0.0.0.0 --mqtt-users mqtt.users
            """)
        { Queries, Listen, Data, Secrets, Moved, ReadOnly, PasswordFile };
        OwnBroker.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        // The library listens for Ctrl-C only once the command has waited for something: without this the first wait may come after the
        // start.
        await Task.Yield();
        var options = OptionsOf(line);
        var (output, error) = (line.InvocationConfiguration.Output, line.InvocationConfiguration.Error);
        await using var log = DataFolder.Open(line.GetRequiredValue(Data));
        var setup = OwnBroker.Of(line, line.GetRequiredValue(Data));
        await using var broker = setup is null ? null : ServerBroker.Open(setup, line.GetRequiredValue(Data));
        await using var worker = new ConnectWorker(log, new Secrets(line.GetValue(Secrets)?.FullName), broker, line.GetValue(Moved));
        await using var engine = new SqlEngine(log, new() { Connectors = new WorkerConnectors(worker), KeepsState = true });
        var commands = new CommandLog(engine, log);
        // First what is to run is worked out to its end: a broker forgets what it keeps for a connector that is dropped on the way.
        worker.Hold();
        await RestoreAsync(commands, output, error, cancellation);
        if (line.GetValue(Queries) is { } file)
            await ApplyAsync(commands, file, output, error, cancellation);
        await worker.ReleaseAsync(cancellation);
        engine.Start();
        await using var server = await KsqlServer.StartAsync(engine, commands, options, cancellation);
        output.WriteLine($"listening on {server.Address.GetLeftPart(UriPartial.Authority)}; Ctrl-C ends");
        foreach (var address in broker is null ? [] : setup!.Lines(broker))
            output.WriteLine(address);
        if (broker is not null && setup!.Users is null)
            output.WriteLine(BrokerCredentials.Shown(broker.Endpoint, line.GetRequiredValue(Data)));
        await TellAsync(engine, broker, error, cancellation);
        // Before the connectors: what came after them would be acknowledged, and stored by nobody.
        if (broker is not null)
            await broker.DisposeAsync();
        return CommandLine.Done;
    }

    private static Task TellAsync(SqlEngine engine, EmbeddedBroker? broker, TextWriter error, CancellationToken cancellation)
    {
        var connectors = new ConnectorJournal(() => engine.Connectors, error, TimeProvider.System);
        var ofEngine = new EngineJournal(engine.Snapshot, connectors, error, TimeProvider.System).RunAsync(cancellation);
        if (broker is null)
            return ofEngine;
        broker.Start();
        var journal = new Journal(error, TimeProvider.System);
        var ofBroker = new BrokerJournal(() => broker.Counts, journal.Tell, TimeProvider.System).RunAsync(cancellation);
        return Task.WhenAll(ofEngine, ofBroker);
    }

    private static async Task RestoreAsync(CommandLog commands, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var (statements, problems) = await commands.ReplayAsync(cancellation);
        foreach (var problem in problems)
            error.WriteLine($"note: {problem}");
        if (statements > 0)
            output.WriteLine($"restored what {statements} statements of earlier runs have made");
    }

    private static async Task ApplyAsync(
        CommandLog commands, FileInfo file, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var script = new SourceText(file.Name, await File.ReadAllTextAsync(file.FullName, cancellation));
        var queries = new QueriesFile(commands)
        {
            PassedOver = statement =>
                error.WriteLine($"note: {statement.Span.Place}: passed over, a queries file only makes what is to exist"),
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
