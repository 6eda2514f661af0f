using System.CommandLine;
using System.CommandLine.Parsing;
using SockSort.Cli.Brokers;
using SockSort.Cli.Logs;
using SockSort.Cli.Output;
using SockSort.Cli.Parts;
using SockSort.Host.Listening;
using SockSort.Host.Logging;
using SockSort.Host.Parts;
using SockSort.Log;
using SockSort.Mqtt.Broker;
using SockSort.Server.Connectors;
using SockSort.Server.Ksql;
using SockSort.Sql.Engine.Commands;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort server</c>: serves the SQL engine through ksqlDB's REST API.</summary>
internal static class ServerCommand
{
    /// <summary>The environment variable from which server and prompt read the password.</summary>
    public const string PasswordVariable = "SOCKSORT_PASSWORD";

    private static readonly Option<FileInfo?> Queries = new("--queries")
    {
        Description = "Script of what is to exist: applied at each start, it makes what is missing",
        HelpName = "FILE",
    };
    private static readonly Option<string[]> Listen = new("--listen")
    {
        Description = "Address and port, https:// for TLS; beyond this machine only with a password; may be given several times",
        DefaultValueFactory = _ => [KsqlServerOptions.DefaultListen.ToString()],
        HelpName = "URL",
        Validators = { CheckAddresses },
    };

    private const string Off = "off";

    private static readonly Option<string[]> ConnectListen = new("--connect-listen")
    {
        Description = "Address and port of the connectors, as Kafka Connect's REST API; 'off' for none; by default "
            + $"{ConnectServerOptions.DefaultListen.GetLeftPart(UriPartial.Authority)}, or a free port where that is taken",
        DefaultValueFactory = _ => [ConnectServerOptions.DefaultListen.ToString()],
        HelpName = "URL",
        Validators = { CheckAddresses },
    };

    private static readonly LogPlaceOptions Place = new();
    private static readonly Option<string?> Share = new("--share")
    {
        Description = "Share the work on the partitions with the other servers of this name; only with --log",
        HelpName = "NAME",
    };
    private static readonly Option<DirectoryInfo?> Secrets = new("--secrets")
    {
        Description = "Folder below which ${file:/path:KEY} in connectors' settings is looked up",
    };
    private static readonly Option<bool> Moved = MovedOption.Create();
    private static readonly Option<int> Threads = QueryThreadsOption.Create();
    private static readonly Option<bool> ReadOnly = new("--read-only")
    {
        Description = "Take no changes over HTTP; they come from the queries file",
    };
    private static readonly Option<FileInfo?> PasswordFile = new("--password-file")
    {
        Description = $"File whose first line clients must send, as HTTP Basic or Bearer; or the environment variable {PasswordVariable}",
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo?> Certificate = new("--certificate")
    {
        Description = "PEM file of the certificate for https://, with what leads to its authority and its key; by default one is made "
            + "and kept in the data folder",
        HelpName = "FILE",
    };
    private static readonly Option<FileInfo?> Key = new("--key")
    {
        Description = "PEM file of that certificate's key, where it stands in a file of its own",
        HelpName = "FILE",
    };

    private static readonly BrokerArguments OwnBroker = new();
    private static readonly LogArguments Logging = new();

    public static Command Create()
    {
        var command = new Command("server", """
            Runs SQL for good: queries keep their state, go on after a restart, and are spoken to by ksqlDB's REST API.

            Example:
              socksort server --queries samples/sock.ksql --secrets ./socksort-data --data ./socksort-data
              curl -s http://127.0.0.1:8088/ksql -d '{"ksql": "SHOW QUERIES;"}'
              socksort server --queries samples/sock.ksql --secrets ./socksort-data --mqtt-listen 0.0.0.0 --mqtt-users mqtt.users
            """)
        { Queries, Listen, ConnectListen, Place.Data, Place.Log, Share, Secrets, Moved, Threads, ReadOnly, PasswordFile, Certificate, Key };
        command.Validators.Add(given =>
        {
            if (given.GetValue(Share) is not null && given.GetValue(Place.Log) is null)
                given.AddError("--share needs --log kafka://HOST:PORT: only servers on Kafka share their work");
        });
        OwnBroker.AddTo(command);
        Logging.AddTo(command);
        // Ctrl-C is the ordinary end, even during the start.
        command.SetAction((line, cancellation) => Endings.CancelledAsDoneAsync(RunAsync(line, cancellation), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        // The library handles Ctrl-C only after the command's first await, which could otherwise come after the start.
        await Task.Yield();
        var (output, data) = (line.InvocationConfiguration.Output, line.GetRequiredValue(Place.Data));
        var listening = ListeningOf(line);
        listening.Check();
        ConnectListeningOf(line)?.Check();
        using var logging = Logging.Open(line);
        await using var host = new PartHost(logging.Loggers);
        var log = SqlParts.OpenLog(host, Place.Of(line) with { Share = line.GetValue(Share) });
        var setup = OwnBroker.Of(line, data);
        var broker = setup is null
            ? null
            : host.Open("broker", () => ServerBroker.Open(setup, data, host.Loggers), ServerBroker.HealthOf);
        var sql = SqlParts.Open(host, new SqlPlan
        {
            Log = log,
            Broker = broker,
            Secrets = line.GetValue(Secrets)?.FullName,
            HasMoved = line.GetValue(Moved),
            KeepsState = true,
            Threads = line.GetValue(Threads),
        });
        var statements = new KeptStatements(sql, log, line.InvocationConfiguration);
        var commands = await statements.RestoreAsync(line.GetValue(Queries), cancellation);
        var server = await host.StartAsync("SQL server", () => KsqlServer.StartAsync(
            sql.Engine, commands, new KsqlServerOptions { IsReadOnly = line.GetValue(ReadOnly), Loggers = host.Loggers },
            listening with { Loggers = host.Loggers }, cancellation));
        var connect = await ConnectAsync(line, host, sql, commands, log, logging.Levels, cancellation);
        foreach (var address in server.Addresses)
            output.WriteLine($"listening on {address}; Ctrl-C ends");
        foreach (var address in connect?.Addresses ?? [])
            output.WriteLine($"connectors on {address}, as Kafka Connect");
        if (broker is not null)
        {
            await AcceptClientsAsync(host, broker, setup!, output, data, cancellation);
            ServerBroker.EndSinksFirst(host, sql.Worker);
        }
        await host.WaitAsync(cancellation);
        return ExitCode.Done;
    }

    /// <returns>Null if it is turned off.</returns>
    private static async Task<ConnectServer?> ConnectAsync(
        ParseResult line, PartHost host, SqlParts sql, CommandLog commands, ILog log, LogLevels levels, CancellationToken cancellation)
    {
        if (ConnectListeningOf(line) is not { } listening)
            return null;
        var options = new ConnectServerOptions
        {
            IsReadOnly = line.GetValue(ReadOnly),
            ClusterId = log.Id,
            Levels = levels,
            Loggers = host.Loggers,
        };
        return await host.StartAsync("Connect", () => ConnectServer.StartAsync(
            sql.Worker, commands, options, listening with { Loggers = host.Loggers }, cancellation));
    }

    private static async Task AcceptClientsAsync(
        PartHost host, EmbeddedBroker broker, BrokerSetup setup, TextWriter output, string data, CancellationToken cancellation)
    {
        foreach (var address in setup.Lines(broker))
            output.WriteLine(address);
        if (setup.Users is null)
            output.WriteLine(BrokerCredentials.Shown(broker.Endpoint, data));
        foreach (var address in await ServerBroker.AcceptClientsAsync(host, broker, setup, cancellation))
            output.WriteLine($"MQTT on {address}");
    }

    private static void CheckAddresses(OptionResult given)
    {
        foreach (var token in given.Tokens.Where(token => token.Value != Off || given.Option != ConnectListen))
        {
            try
            {
                _ = WebAddress.Parse(token.Value);
            }
            catch (ListeningException error)
            {
                given.AddError($"{given.Option.Name}: {error.Message}");
            }
        }
    }

    private static WebListening ListeningOf(ParseResult line) => new()
    {
        Addresses = [.. line.GetRequiredValue(Listen).Select(WebAddress.Parse)],
        Password = Output.PasswordFile.Read(line.GetValue(PasswordFile), PasswordVariable),
        CertificateFolder = Path.Combine(line.GetRequiredValue(Place.Data), "certificate"),
        CertificateFile = line.GetValue(Certificate)?.FullName,
        CertificateKeyFile = line.GetValue(Key)?.FullName,
        Words = new ListeningWords
        {
            Surface = "the SQL server",
            Password = $"by {PasswordFile.Name} FILE or the environment variable {PasswordVariable}",
        },
    };

    private static WebListening? ConnectListeningOf(ParseResult line)
    {
        var asked = line.GetRequiredValue(ConnectListen);
        if (asked.Contains(Off))
            return null;
        var listening = ListeningOf(line);
        return listening with
        {
            Addresses = [.. asked.Select(WebAddress.Parse)],
            AnyPortIfTaken = line.GetResult(ConnectListen) is { Implicit: true },
            Words = listening.Words with { Surface = "Kafka Connect's REST API", Port = ConnectListen.Name },
        };
    }
}
