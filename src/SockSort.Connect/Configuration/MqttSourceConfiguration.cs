using System.Globalization;
using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect;

/// <summary>The checked configuration of an MQTT source, secrets put in.</summary>
/// <param name="Notes">What has no effect, or another one than may be expected.</param>
internal sealed record MqttSourceConfiguration(
    MqttEndpoint Endpoint,
    IReadOnlyList<string> MqttTopics,
    string LogTopic,
    int Qos,
    bool KeepSession,
    TimeSpan KeepAlive,
    IReadOnlyList<string> Notes)
{
    // Confluent's defaults, where nothing else is said.
    private const string DefaultLogTopic = "mqtt";
    private const int DefaultKeepAliveSeconds = 60;

    // Not Confluent's (0, and a session that is dropped): with these a message that a broker has acknowledged is not lost
    // while the connector is away. docs/decisions/0003-connector-keeps-its-session.md
    private const int DefaultQos = 1;

    private static readonly string[] Converters =
    [
        "org.apache.kafka.connect.storage.StringConverter",
        "org.apache.kafka.connect.converters.ByteArrayConverter",
    ];

    /// <exception cref="ConnectException">A key is missing, a value can't be used or a secret can't be found.</exception>
    public static MqttSourceConfiguration Read(string connector, IReadOnlyDictionary<string, string> written, Secrets secrets)
    {
        var values = new Values(connector, written, secrets.Resolve(connector, written));
        var servers = values.List(ConnectorKeys.ServerUri, "mqtt://localhost:1883");
        var topics = values.List(ConnectorKeys.MqttTopics, "sockfound");
        topics.ForEach(topic => Checked(values, ConnectorKeys.MqttTopics, () => EmbeddedBroker.CheckFilter(topic)));
        CheckConverter(values, ConnectorKeys.KeyConverter);
        CheckConverter(values, ConnectorKeys.ValueConverter);
        _ = values.Whole(ConnectorKeys.TasksMax, 1, 1, int.MaxValue);
        var qos = values.Whole(ConnectorKeys.Qos, DefaultQos, 0, 2);
        return new MqttSourceConfiguration(
            EndpointOf(values, servers[0]),
            topics,
            LogTopicOf(values),
            qos,
            KeepSession: !values.Flag(ConnectorKeys.CleanSession, byDefault: false),
            TimeSpan.FromSeconds(values.Whole(ConnectorKeys.KeepAliveSeconds, DefaultKeepAliveSeconds, 1, ushort.MaxValue)),
            [.. NotesOn(written, servers.Count, qos)]);
    }

    private static MqttEndpoint EndpointOf(Values values, string server)
    {
        MqttEndpoint endpoint = null!;
        Checked(values, ConnectorKeys.ServerUri,
            () => endpoint = MqttEndpoint.Parse(server, values.Find(ConnectorKeys.Username), values.Find(ConnectorKeys.Password)));
        return endpoint;
    }

    private static string LogTopicOf(Values values)
    {
        var topic = values.Find(ConnectorKeys.KafkaTopic) ?? DefaultLogTopic;
        Checked(values, ConnectorKeys.KafkaTopic, () => EventLog.CheckTopicName(topic));
        return topic;
    }

    private static void Checked(Values values, string key, Action use)
    {
        try
        {
            use();
        }
        catch (Exception error) when (error is MqttException or LogException)
        {
            throw values.Wrong(key, $"can't be used: {error.Message}");
        }
    }

    private static void CheckConverter(Values values, string key)
    {
        // Kafka Connect takes a class's short name as well.
        if (values.Find(key) is { } name && !Converters.Any(known => known == name || known.EndsWith($".{name}", StringComparison.Ordinal)))
            throw values.Wrong(key, $"is '{values.Written(key)}'; known: {string.Join(", ", Converters)}");
    }

    private static IEnumerable<string> NotesOn(IReadOnlyDictionary<string, string> written, int serverCount, int qos)
    {
        var ignored = written.Keys.Where(ConnectorKeys.IsIgnored).Order().ToList();
        if (ignored.Count > 0)
            yield return ConnectErrors.IgnoredKeys(ignored);
        foreach (var key in written.Keys.Where(key => !ConnectorKeys.IsUsed(key) && !ConnectorKeys.IsIgnored(key)).Order())
            yield return ConnectErrors.UnknownKey(key, ConnectorKeys.Nearest(key));
        if (serverCount > 1)
            yield return ConnectErrors.FirstServerOnly(serverCount);
        if (qos == 0)
            yield return ConnectErrors.LowQos(qos);
    }

    /// <summary>A configuration as it was written, for errors, and with its secrets, for use.</summary>
    private sealed class Values(string connector, IReadOnlyDictionary<string, string> written, Dictionary<string, string> resolved)
    {
        public string Written(string key) => written[key];

        public string? Find(string key) => resolved.TryGetValue(key, out var value) && value.Trim().Length > 0 ? value.Trim() : null;

        public List<string> List(string key, string example)
        {
            var items = (Find(key) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return items.Length > 0 ? [.. items] : throw ConnectErrors.Missing(connector, key, example);
        }

        public int Whole(string key, int byDefault, int least, int most)
        {
            if (Find(key) is not { } text)
                return byDefault;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
                ? value
                : throw Wrong(key, $"is '{Written(key)}'; use a whole number from {least}{(most == int.MaxValue ? " on" : $" to {most}")}");
        }

        public bool Flag(string key, bool byDefault) => Find(key)?.ToLowerInvariant() switch
        {
            null => byDefault,
            "true" => true,
            "false" => false,
            _ => throw Wrong(key, $"is '{Written(key)}'; use true or false"),
        };

        public ConnectException Wrong(string key, string problem) => ConnectErrors.Value(connector, key, problem);
    }
}
