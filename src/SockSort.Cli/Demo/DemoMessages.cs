using System.Net;
using SockSort.Cli.Brokers;
using SockSort.Cli.Parts;
using SockSort.Connect.Worker;
using SockSort.Edge.Loop;
using SockSort.Host.Parts;
using SockSort.Log;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;
using SockSort.Sorting.Queries;
using SockSort.Sql.Engine;

namespace SockSort.Cli.Demo;

/// <summary>The demo's pipeline from the broker to the pairs: broker, connector, log and queries.</summary>
internal sealed class DemoMessages
{
    /// <summary>The topic that the script's connector writes to.</summary>
    public const string Topic = "data_mqtt";

    private static readonly TimeSpan DrainPollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromMilliseconds(500);

    private readonly ILog _log;
    private readonly QueryWatch _watch;
    private readonly DemoMeter _meter;
    private readonly long _firstOffset;

    private DemoMessages(ILog log, DemoMeter meter, QueryWatch watch, long firstOffset) =>
        (_log, _meter, _watch, _firstOffset) = (log, meter, watch, firstOffset);

    /// <summary>The embedded broker; null if an external one is used.</summary>
    public required EmbeddedBroker? Broker { get; init; }

    public required MqttEndpoint Endpoint { get; init; }

    public required ConnectWorker Worker { get; init; }

    public required SqlEngine Engine { get; init; }

    public required DemoQueries Queries { get; init; }

    /// <summary>What sightings count beside the queries.</summary>
    public required DemoSightings Sightings { get; init; }

    public static async Task<DemoMessages> StartAsync(
        PartHost host, DemoOptions options, ILog log, DemoMeter meter, Action<string> note, CancellationToken cancel)
    {
        var firstOffset = log.EndOffset(Topic);
        var sightings = new DemoSightings(log);
        var watch = new QueryWatch(Topic, firstOffset, meter);
        var broker = options.Broker is null ? await StartBrokerAsync(host, options, cancel) : null;
        var endpoint = broker?.Endpoint ?? OtherBrokerOf(options);
        var secrets = BrokerCredentials.FolderIn(options.Data, isOwn: broker is not null);
        BrokerCredentials.Write(secrets, endpoint);
        var sql = SqlParts.Open(host, new SqlPlan { Log = log, Broker = broker, Secrets = secrets, Observer = watch });
        var queries = host.Open("queries", () => new DemoQueries(sql.Engine));
        if (broker is not null && options.BrokerSetup?.Web is { } web)
            (await BrokerWebDoor.StartAsync(host, broker, web, cancel)).Addresses.ToList().ForEach(address => note($"MQTT on {address}"));
        watch.CountingBegins += meter.BeginCounting;
        watch.OlderRecordsRead += queries.BeginCounting;
        await SortingQueries.DeclareAsync(sql.Engine, Topic, cancel);
        SortingQueries.Start(sql.Engine);
        await queries.StartAsync(meter, note, cancel);
        return new DemoMessages(log, meter, watch, firstOffset)
        {
            Broker = broker,
            Endpoint = endpoint,
            Worker = sql.Worker,
            Engine = sql.Engine,
            Queries = queries,
            Sightings = sightings,
        };
    }

    /// <summary>Reports each record of the topic to the meter until cancelled.</summary>
    public async Task TailAsync(CancellationToken cancel)
    {
        using var reader = _log.OpenReader();
        await foreach (var record in reader.FollowAsync(Topic, 0, _firstOffset, cancel))
            _meter.OnLogged(record.Offset, (record.Value ?? default).Span);
    }

    /// <summary>Waits until log and queries are idle, but only for a short time, since other publishers may go on forever.</summary>
    public async Task DrainAsync()
    {
        var clock = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(clock) < DrainTimeout)
        {
            if (_meter.Logged == _log.EndOffset(Topic) - _firstOffset && _watch.IsIdle(topic => _log.EndOffset(topic)))
                return;
            await Task.Delay(DrainPollInterval);
        }
    }

    private static Task<EmbeddedBroker> StartBrokerAsync(PartHost host, DemoOptions options, CancellationToken cancel)
    {
        var credentials = BrokerCredentials.ReadOrMake(options.Data);
        var plan = new BrokerOptions
        {
            Doors = [new BrokerDoor(IPAddress.Loopback, options.MqttPort), .. options.BrokerSetup?.Doors ?? []],
            Users = options.BrokerSetup?.Users,
            Rights = options.BrokerSetup?.Rights,
            MaxMessagesPerSecond = options.BrokerSetup?.ClientRate ?? 0,
            MaxConnectionsPerSecond = options.BrokerSetup?.ConnectionRate ?? 0,
            User = credentials.User,
            Password = credentials.Password,
            StateFolder = ServerBroker.StateIn(options.Data),
            Loggers = host.Loggers,
            // Clients of an earlier demo may reconnect before the connector has subscribed.
            MustBeStored = EdgeOptions.DefaultTopic,
        };
        return host.StartAsync("broker", () => EmbeddedBroker.StartAsync(plan, cancel));
    }

    private static MqttEndpoint OtherBrokerOf(DemoOptions options) => OtherBroker.Of(
        options.Broker!, Environment.GetEnvironmentVariable("MQTT_USERNAME"), Environment.GetEnvironmentVariable("MQTT_PASSWORD"),
        options.MqttVersion);
}
