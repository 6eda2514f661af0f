using System.CommandLine;
using SockSort.Cli.Brokers;
using SockSort.Cli.Logs;
using SockSort.Cli.Output;
using SockSort.Cli.Parts;
using SockSort.Dashboard.Watching;
using SockSort.Edge.Kept;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Listening;
using SockSort.Host.Logging;
using SockSort.Host.Parts;
using SockSort.Log;
using SockSort.Models.Package;
using SockSort.Mqtt.Broker;
using SockSort.Server.Connectors;
using SockSort.Server.Endpoint;
using SockSort.Server.Ksql;
using SockSort.Sql;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Run;

/// <summary>Starts what a configuration asks for: model, log, broker, connectors, SQL, then what listens, then the cameras.</summary>
internal sealed class RunParts
{
    private readonly PartHost _host;
    private readonly RunConfiguration _configuration;
    private readonly InvocationConfiguration _console;
    private readonly RunListening _listening;

    private readonly LogLevels _levels;

    // For whoever shows a sock by the run and the number of its message.
    private readonly FrameStores _frames = new();

    private RunParts(PartHost host, RunConfiguration configuration, InvocationConfiguration console, LogLevels levels)
    {
        (_host, _configuration, _console, _levels) = (host, configuration, console, levels);
        _listening = new RunListening(configuration, console.Error, host.Loggers);
    }

    /// <exception cref="MistakeException">A part cannot be started as a key of the configuration asks.</exception>
    public static Task StartAsync(
        PartHost host, RunConfiguration configuration, InvocationConfiguration console, LogLevels levels, CancellationToken cancellation) =>
        new RunParts(host, configuration, console, levels).StartAsync(cancellation);

    private async Task StartAsync(CancellationToken cancellation)
    {
        // What can be wrong comes first, what others see of this process after it.
        var model = await AtAsync("model", () => ModelFile.ReadVersionAsync(_configuration.Model!, cancellation));
        var place = new LogPlace(_configuration.Data, _configuration.Log.Kafka);
        var log = At(place.Kafka is null ? "data" : "log.address", () => SqlParts.OpenLog(_host, place));
        var setup = _configuration.Broker is { } asked ? At("broker", () => BrokerSetup.Of(asked, _configuration.Data, "broker.")) : null;
        var broker = setup is null
            ? null
            : At("broker.listen", () => _host.Open(
                "broker", () => ServerBroker.Open(setup, _configuration.Data, _host.Loggers), ServerBroker.HealthOf));
        var endpoint = broker?.Endpoint ?? RunBroker.Other(_configuration.Mqtt);
        var secrets = BrokerCredentials.FolderIn(_configuration.Data, isOwn: broker is not null);
        if (broker is null)
            BrokerCredentials.Write(secrets, endpoint);
        var sql = SqlParts.Open(_host, new SqlPlan
        {
            Log = log,
            Broker = broker,
            Secrets = secrets,
            KeepsState = true,
            Threads = _configuration.QueryThreads,
        });
        if (_configuration.Sorting is { } counted)
            await AtAsync("sorting", () => SortingParts.DeclareAsync(sql.Engine, counted, cancellation));
        var commands = await RestoreAsync(sql, log, cancellation);
        if (_configuration.Sorting is { } sorting)
            SortingParts.Start(sql.Engine, sorting);
        _ = _host.Open("retention", () => new RetentionRules(log, _configuration.Retention));
        await ListenAsync(sql, broker, log, commands, model.Package, cancellation);
        if (broker is not null)
        {
            await LetInAsync(broker, setup!, cancellation);
            ServerBroker.EndSinksFirst(_host, sql.Worker);
        }
        var shared = RunCameras.OpenModel(_host, _configuration, model);
        var dashboard = new DashboardParts
        {
            Host = _host,
            Log = log,
            Engine = sql.Engine,
            Commands = commands,
            Worker = sql.Worker,
            Broker = broker,
            Frames = _frames,
            Teaching = RunTeaching.Open(_host, _configuration, shared),
            Pictures = Path.Combine(_configuration.Data, "dashboard", "socks"),
        };
        await new RunCameras(_host, _configuration, _console, _listening, _frames, dashboard).StartAsync(shared, endpoint, cancellation);
    }

    private async Task<CommandLog> RestoreAsync(SqlParts sql, ILog log, CancellationToken cancellation)
    {
        var scripts = new RunScripts(_configuration, sql.Worker);
        List<SourceText> texts = [];
        foreach (var text in scripts.All(cancellation))
            texts.Add(await text);
        try
        {
            return await new KeptStatements(sql, log, _console).RestoreAsync(texts, cancellation);
        }
        catch (SqlException error)
        {
            throw new MistakeException(scripts.MistakeOf(error), error);
        }
    }

    private async Task ListenAsync(
        SqlParts sql, EmbeddedBroker? broker, ILog log, CommandLog commands, ModelPackage model, CancellationToken cancellation)
    {
        void MapMore(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder app)
        {
            PartRoutes.Map(app, _host);
            BrokerRoutes.Map(app, broker);
        }

        if (_listening.Sql is { } listening)
        {
            var options = new KsqlServerOptions { MapMore = MapMore, Loggers = _host.Loggers };
            var server = await AtAsync("listen.sql", () => _host.StartAsync(
                "SQL server", () => KsqlServer.StartAsync(sql.Engine, commands, options, listening, cancellation)));
            Tell("SQL", server.Addresses);
        }
        if (_listening.Connect is { } connectors)
        {
            var options = new ConnectServerOptions { ClusterId = log.Id, Levels = _levels, Loggers = _host.Loggers };
            var server = await AtAsync("listen.connect", () => _host.StartAsync(
                "Connect", () => ConnectServer.StartAsync(sql.Worker, commands, options, connectors, cancellation)));
            Tell("connectors", server.Addresses);
        }
        if (_listening.Endpoint is { } served)
        {
            var options = new EndpointOptions { Loggers = _host.Loggers };
            var endpoint = await AtAsync("listen.endpoint", () => _host.StartAsync(
                "model endpoint", () => ModelEndpoint.StartAsync(model, options, served, cancellation)));
            Tell("endpoint", endpoint.Addresses);
        }
    }

    private async Task LetInAsync(EmbeddedBroker broker, BrokerSetup setup, CancellationToken cancellation)
    {
        foreach (var address in setup.Lines(broker))
            _console.Output.WriteLine($"broker      {address}");
        if (setup.Users is null)
            _console.Output.WriteLine($"            {BrokerCredentials.Shown(broker.Endpoint, _configuration.Data)}");
        foreach (var address in await AtAsync("broker.listen", () => ServerBroker.AcceptClientsAsync(_host, broker, setup, cancellation)))
            _console.Output.WriteLine($"broker      MQTT on {address}");
    }

    private void Tell(string name, IEnumerable<WebAddress> addresses)
    {
        foreach (var address in addresses)
            _console.Output.WriteLine($"{name,-11} {address}");
    }

    private T At<T>(string key, Func<T> start) => RunMistakes.At(_configuration, key, start);

    private Task<T> AtAsync<T>(string key, Func<Task<T>> start) => RunMistakes.AtAsync(_configuration, key, start);

    private Task AtAsync(string key, Func<Task> start) => RunMistakes.AtAsync(_configuration, key, start);
}
