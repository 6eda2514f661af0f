using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Connect.Configuration;
using SockSort.Connect.Worker;
using SockSort.Dashboard.Serving;
using SockSort.Dashboard.Watching;
using SockSort.Edge.Cameras;
using SockSort.Edge.Kept;
using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Host.Listening;
using SockSort.Host.Parts;
using SockSort.Log;
using SockSort.Log.Opening;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Server.Connectors;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Teaching.Choosing;
using SockSort.Teaching.Sessions;
using SockSort.Testing;

namespace SockSort.Dashboard.Tests;

/// <summary>
/// The whole way in this process, from a camera of four pictures to SQL, with the ledger's streams and tables and the dashboard.
/// </summary>
public sealed class RunningDashboard : IAsyncLifetime
{
    public const string Password = "knows";

    private static readonly string Script = $"""
        SET 'auto.offset.reset' = 'earliest';
        {SockScripts.Connector("data_mqtt")}
        CREATE STREAM found (image STRING) WITH (KAFKA_TOPIC='data_mqtt', VALUE_FORMAT='JSON', PARTITIONS=1);
        CREATE TABLE heaps AS SELECT image, COUNT(*) AS n FROM found GROUP BY image EMIT CHANGES;
        CREATE TABLE sock_ledger (sock STRING PRIMARY KEY, seen BIGINT, pairs BIGINT, odd BIGINT, last_seen BIGINT,
          last_sighting STRING, wash BIGINT, total_seen BIGINT, total_pairs BIGINT)
          WITH (KAFKA_TOPIC='sock_ledger', VALUE_FORMAT='JSON', PARTITIONS=1);
        CREATE STREAM sock_sightings (id STRING KEY, camera STRING, sock STRING, phase STRING, seen_from BIGINT, seen_to BIGINT,
          frames BIGINT, confidence DOUBLE) WITH (KAFKA_TOPIC='sock_sightings', VALUE_FORMAT='JSON', PARTITIONS=1);
        CREATE STREAM pair_found (sock STRING KEY, pairs BIGINT, wash BIGINT, camera STRING, found_at BIGINT)
          WITH (KAFKA_TOPIC='pair_found', VALUE_FORMAT='JSON', PARTITIONS=1);
        CREATE STREAM sock_corrections (id STRING KEY, kind STRING, sighting STRING, sock STRING, into_sock STRING)
          WITH (KAFKA_TOPIC='sock_corrections', VALUE_FORMAT='JSON', PARTITIONS=1);
        CREATE TABLE sock_correction_results (id STRING PRIMARY KEY, accepted BOOLEAN, reason STRING)
          WITH (KAFKA_TOPIC='sock_correction_results', VALUE_FORMAT='JSON', PARTITIONS=1);
        """;

    private readonly TempFolder _folder = new();
    private readonly SqlSession _session = new();
    private PartHost _host = new(NullLoggerFactory.Instance);
    private SqlEngine _engine = null!;
    private CommandLog _commands = null!;
    private EmbeddedBroker _broker = null!;
    private WebListener _listener = null!;

    public ILog Log { get; private set; } = null!;

    public ConnectWorker Worker { get; private set; } = null!;

    /// <summary>The dashboard's address, with a slash at its end.</summary>
    public Uri Address => new(_listener.Address, $"{DashboardSurface.Path}/");

    /// <summary>The last frames of the camera.</summary>
    public FrameStores Frames { get; } = new();

    /// <summary>What the page Teach does.</summary>
    public TeachingSession Teaching { get; private set; } = null!;

    /// <summary>Where the page Teach keeps photos.</summary>
    public string Photos => _folder.File("photos");

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        await SqlAsync(Script);
        _engine.Start();
        await ServeAsync(port: 0);
    }

    /// <summary>Ends all of it and starts it anew, over the same log and at the same port.</summary>
    /// <param name="meanwhile">Done while nothing is there.</param>
    public async Task RestartAsync(Func<Task> meanwhile)
    {
        var port = _listener.Address.Port;
        await _host.DisposeAsync();
        await meanwhile();
        _host = new(NullLoggerFactory.Instance);
        await StartAsync();
        _engine.Start();
        await ServeAsync(port);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Runs statements as a client of the engine would.</summary>
    public async Task SqlAsync(string text)
    {
        foreach (var statement in SqlParser.Parse(new SourceText("test", text)))
            _ = await _commands.ExecuteAsync(statement, _session, CancellationToken.None);
    }

    /// <summary>Tells of a pair as the ledger does.</summary>
    public Task TellPairAsync(string sock) => SqlAsync(string.Create(CultureInfo.InvariantCulture,
        $"INSERT INTO pair_found (sock, pairs, wash, camera, found_at) VALUES ('{sock}', 1, 1, 'desk', {Now});"));

    /// <summary>Puts a sock into the ledger, and its newest showing before the camera.</summary>
    public Task TellSockAsync(string sock, int seen) => SqlAsync(string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO sock_ledger (sock, seen, pairs, odd, last_seen, last_sighting, wash, total_seen, total_pairs)
          VALUES ('{sock}', {seen}, {seen / 2}, {seen % 2}, {Now}, 'desk@{sock}', 1, {seen}, {seen / 2});
        INSERT INTO sock_sightings (id, camera, sock, phase, seen_from, seen_to, frames, confidence)
          VALUES ('desk@{sock}', 'desk', '{sock}', 'OPEN', {Now}, {Now}, 5, 97.1);
        """));

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private async Task StartAsync()
    {
        Log = _host.Open("log", () => DataFolder.Open(_folder.File("data")));
        _broker = await _host.StartAsync("broker", () => EmbeddedBroker.StartAsync());
        WriteCredentials(_broker);
        Worker = _host.Open("connectors", () => new ConnectWorker(Log, new Secrets(_folder.File("data")), _broker));
        _engine = _host.Open("SQL engine", () => new SqlEngine(Log, new SqlEngineOptions { Connectors = new WorkerConnectors(Worker) }));
        _commands = new CommandLog(_engine, Log);
        _ = await _commands.ReplayAsync(CancellationToken.None);
    }

    private async Task ServeAsync(int port)
    {
        Pictures.WriteFolder(Directory.CreateDirectory(_folder.File("desk")).FullName);
        var camera = _host.Open("camera desk", () => CameraSource.Open(_folder.File("desk"), new CameraOptions { Fps = 10, Loop = true }));
        var classifier = _host.Open("model", ColourModel.Open);
        var publisher = _host.Open("publisher", () => MqttPublisher.Start(new PublisherOptions { Endpoint = _broker.Endpoint }));
        var runner = new EdgeRunner(
            camera, classifier, publisher, new EdgeOptions { Fields = MessageFields.Run | MessageFields.Seq, CameraName = "desk" });
        runner.KeepIn(Frames.Add("desk", FrameStore.DefaultBytes));
        var view = new LiveViewEndpoints(new LiveViewOptions { CameraName = "desk" });
        runner.ShowOn(view);
        Teaching = _host.Open("teaching", () => new TeachingSession(Photos, OpenReader, trainer: null));
        var parts = new DashboardParts
        {
            Host = _host,
            Log = Log,
            Engine = _engine,
            Commands = _commands,
            Worker = Worker,
            Broker = _broker,
            Teaching = Teaching,
            Frames = Frames,
            Pictures = _folder.File("pictures"),
        };
        var dashboard = new DashboardSurface(parts);
        parts.Cameras.Add(new WatchedCamera("desk", runner, view));
        _listener = await _host.StartAsync("live view", () => WebListener.StartAsync(SurfaceOf(view, dashboard), Listening(port), default));
        _ = _host.Run("frames", runner.RunAsync);
    }

    private FrameReader OpenReader()
    {
        var model = _folder.File("model.tar.gz");
        ColourModel.Package().Write(model);
        return FrameReader.Open(model, "");
    }

    private static WebSurface SurfaceOf(LiveViewEndpoints view, DashboardSurface dashboard) => new()
    {
        Name = "live view",
        MapBeforePassword = view.MapHeaders,
        Services = dashboard.AddServices,
        Limits = view.Limit,
        Map = app =>
        {
            view.Map(app);
            dashboard.Map(app);
        },
    };

    private WebListening Listening(int port) => WebListening.At($"https://127.0.0.1:{port}") with
    {
        Password = Password,
        CertificateFolder = _folder.File("certificate"),
    };

    private void WriteCredentials(EmbeddedBroker broker)
    {
        _ = Directory.CreateDirectory(_folder.File("data/scripts"));
        var endpoint = broker.Endpoint;
        File.WriteAllText(
            _folder.File("data/scripts/credentials.properties"),
            $"MQTT_URI=tcp://{endpoint.Host}:{endpoint.Port}\nMQTT_USERNAME={endpoint.User}\nMQTT_PASSWORD={endpoint.Password}\n");
    }
}
