using System.Text;
using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Connect.Worker;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Shared;
using SockSort.Testing;

namespace SockSort.Connect.Tests;

/// <summary>A log, a worker, a broker of either kind, the credentials in a file, and a publisher.</summary>
internal sealed class ConnectBench : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly Mosquitto? _mosquitto;
    private readonly EmbeddedBroker? _embedded;

    private ConnectBench(TempFolder folder, EmbeddedBroker? embedded, Mosquitto? mosquitto, string? data)
    {
        (_folder, _embedded, _mosquitto) = (folder, embedded, mosquitto);
        Endpoint = embedded?.Endpoint ?? MqttEndpoint.Parse(mosquitto!.Uri, Mosquitto.User, Mosquitto.Password);
        Log = SqliteLog.Open(data ?? folder.File("data"));
        Worker = new ConnectWorker(Log, new Secrets(folder.Path), embedded, loggers: Recorded);
        Publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = Endpoint });
    }

    public MqttEndpoint Endpoint { get; }

    public ILog Log { get; }

    /// <summary>What the worker has logged.</summary>
    public RecordedLog Recorded { get; } = new();

    public ConnectWorker Worker { get; }

    public MqttPublisher Publisher { get; }

    /// <param name="password">In the credentials' file; null is the right one.</param>
    /// <param name="data">The log's folder; null for one of its own.</param>
    public static async Task<ConnectBench> StartAsync(string kind, string? password = null, string? data = null)
    {
        var folder = new TempFolder();
        var bench = kind == "embedded"
            ? new ConnectBench(folder, await EmbeddedBroker.StartAsync(), null, data)
            : new ConnectBench(folder, null, await Mosquitto.StartAsync(folder), data);
        bench.WriteCredentials(password ?? bench.Endpoint.Password!);
        return bench;
    }

    public void WriteCredentials(string password) =>
        _folder.Write("scripts/credentials.properties", PropertiesFile.Write(new Dictionary<string, string>
        {
            ["MQTT_URI"] = $"{Endpoint}",
            ["MQTT_USERNAME"] = Endpoint.User!,
            ["MQTT_PASSWORD"] = password,
        }));

    public Dictionary<string, string> Configuration(params (string Key, string Value)[] changes)
    {
        var configuration = new Dictionary<string, string>
        {
            ["connector.class"] = "io.confluent.connect.mqtt.MqttSourceConnector",
            ["mqtt.server.uri"] = "${file:/scripts/credentials.properties:MQTT_URI}",
            ["mqtt.username"] = "${file:/scripts/credentials.properties:MQTT_USERNAME}",
            ["mqtt.password"] = "${file:/scripts/credentials.properties:MQTT_PASSWORD}",
            ["mqtt.topics"] = "sockfound",
            ["kafka.topic"] = "data_mqtt",
            ["key.converter"] = "org.apache.kafka.connect.storage.StringConverter",
            ["value.converter"] = "org.apache.kafka.connect.converters.ByteArrayConverter",
            ["tasks.max"] = "1",
        };
        foreach (var (key, value) in changes)
            configuration[key] = value;
        return configuration;
    }

    public ConnectorInfo InfoOf(string name) => Worker.Find(name)!;

    /// <summary>Waits until the broker has granted the connector's subscription.</summary>
    public Task ConnectedAsync(string name) =>
        Eventually.TrueAsync(() => InfoOf(name).State == ConnectorState.Running, "the connector runs");

    /// <summary>Waits until the connector has stored as many messages.</summary>
    public Task StoredAsync(string name, long count) =>
        Eventually.TrueAsync(() => InfoOf(name).Counts.Stored == count, $"the connector has stored {count} messages");

    public IEnumerable<string> Values() =>
        Log.Read("data_mqtt", 0, 0).Select(record => Encoding.UTF8.GetString(record.Value!.Value.Span));

    public async ValueTask DisposeAsync()
    {
        await Publisher.DisposeAsync();
        await Worker.DisposeAsync();
        await Log.DisposeAsync();
        if (_embedded is not null)
            await _embedded.DisposeAsync();
        if (_mosquitto is not null)
            await _mosquitto.DisposeAsync();
        _folder.Dispose();
    }
}
