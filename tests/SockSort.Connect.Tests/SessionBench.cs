using System.Buffers;
using System.Diagnostics;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Connect.Worker;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Mqtt;
using SockSort.Mqtt.Connections;
using SockSort.Mqtt.Connections.Opening;
using SockSort.Mqtt.Publishing;
using SockSort.Mqtt.Receiving;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Connect.Tests;

/// <summary>Mosquitto, and a data folder over which worker after worker is started, as by process after process.</summary>
internal sealed class SessionBench : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly int _port;
    private ConnectWorker? _worker;
    private Mosquitto? _broker;

    private SessionBench(TempFolder folder, Mosquitto broker, string? data)
    {
        (_folder, _broker, _port) = (folder, broker, broker.Port);
        Log = SqliteLog.Open(data ?? folder.File("data"));
    }

    public Mosquitto Broker => _broker!;

    public string BrokerUri => $"mqtt://127.0.0.1:{_port}";

    public ILog Log { get; }

    public ConnectWorker Worker => _worker!;

    public MqttEndpoint Endpoint => MqttEndpoint.Parse(BrokerUri, Mosquitto.User, Mosquitto.Password);

    public ConnectorInfo Info => Worker.Find("c")!;

    /// <summary>The client id that a connector <c>c</c> has here, where none is asked for.</summary>
    public string ClientId => $"socksort-connect-c-{Log.Id[..8]}";

    /// <param name="data">Of the log; null for a folder of its own.</param>
    public static async Task<SessionBench> StartAsync(string? data = null)
    {
        var folder = new TempFolder();
        return new SessionBench(folder, await Mosquitto.StartAsync(folder), data);
    }

    public Dictionary<string, string> Configuration(string version = "auto", params (string Key, string Value)[] changes)
    {
        var configuration = new Dictionary<string, string>
        {
            ["connector.class"] = "MqttSource",
            ["mqtt.server.uri"] = BrokerUri,
            ["mqtt.username"] = Mosquitto.User,
            ["mqtt.password"] = Mosquitto.Password,
            ["mqtt.topics"] = "socks",
            ["mqtt.version"] = version,
            ["kafka.topic"] = "data_mqtt",
        };
        foreach (var (key, value) in changes)
            configuration[key] = value;
        return configuration;
    }

    /// <summary>Ends the worker, if there is one, and begins another; connectors of the first are not there.</summary>
    public async Task<ConnectWorker> NextWorkerAsync(bool hasMoved = false)
    {
        await StopAsync();
        return _worker = new ConnectWorker(Log, new Secrets(_folder.Path), hasMoved: hasMoved);
    }

    public async Task StopAsync()
    {
        if (_worker is not null)
            await _worker.DisposeAsync();
        _worker = null;
    }

    public async Task StopBrokerAsync()
    {
        if (_broker is not null)
            await _broker.DisposeAsync();
        _broker = null;
    }

    public async Task StartBrokerAsync() => _broker = await Mosquitto.StartAsync(_folder, _port);

    /// <summary>Waits until it has failed, and gives the reason.</summary>
    public async Task<string> FailedAsync()
    {
        await Eventually.TrueAsync(() => Info.State == ConnectorState.Failed, "the connector has failed");
        return Info.Trace!;
    }

    public Task RunningAsync() => Eventually.TrueAsync(() => Info.State == ConnectorState.Running, "the connector runs");

    /// <summary>Waits until so many messages are stored.</summary>
    public Task StoredAsync(int count) => Eventually.TrueAsync(() => Values().Count() >= count, $"{count} messages are stored");

    public IEnumerable<string> Values(string topic = "data_mqtt") => Log.FindTopic(topic) is null
        ? []
        : Log.Batches(topic, 0, 0).SelectMany(batch => batch).Select(record => Encoding.UTF8.GetString(record.Value!.Value.Span));

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>As another program publishes; completes when the broker has acknowledged.</summary>
    public async Task PublishAsync(string topic, string text, bool retain = false)
    {
        using var client = await ConnectAsync(Endpoint, "outside", clean: true);
        _ = await client.PublishAsync(new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text)),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Retain = retain,
        });
    }

    /// <summary>As above, of any size.</summary>
    public async Task PublishFileAsync(string topic, string file)
    {
        string[] arguments = ["-p", $"{_port}", "-u", Mosquitto.User, "-P", Mosquitto.Password, "-q", "1", "-t", topic, "-f", file];
        using var process = Process.Start(Programs.Find("mosquitto_pub"), arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Whether a broker keeps a session; it is kept on.</summary>
    public static async Task<bool> HasSessionAsync(MqttEndpoint endpoint, string clientId)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var result = await client.ConnectAsync(Options(endpoint, clientId, clean: false));
        return result.IsSessionPresent;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Log.DisposeAsync();
        await StopBrokerAsync();
        _folder.Dispose();
    }

    private static async Task<IMqttClient> ConnectAsync(MqttEndpoint endpoint, string clientId, bool clean)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        _ = await client.ConnectAsync(Options(endpoint, clientId, clean));
        return client;
    }

    private static MqttClientOptions Options(MqttEndpoint endpoint, string clientId, bool clean) => new MqttClientOptionsBuilder()
        .WithTcpServer(endpoint.Host, endpoint.Port).WithCredentials(endpoint.User, endpoint.Password)
        .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V311).WithClientId(clientId).WithCleanSession(clean).Build();
}
