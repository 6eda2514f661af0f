using System.Globalization;
using System.Text;
using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect;

/// <summary>The checked configuration of an MQTT source, secrets put in.</summary>
/// <param name="ClientId">The session's name at the broker; null where none is asked for.</param>
/// <param name="MaxMessageBytes">A larger message is skipped, and told of in <paramref name="DeadLetterTopic"/>.</param>
/// <param name="AnnouncesMax">Whether a broker of MQTT 5 is asked not to send larger ones.</param>
/// <param name="Notes">What has no effect, or another one than may be expected.</param>
internal sealed record MqttSourceConfiguration(
    MqttEndpoint Endpoint,
    IReadOnlyList<string> MqttTopics,
    string LogTopic,
    int Qos,
    bool KeepSession,
    TimeSpan KeepAlive,
    string? ClientId,
    int MaxMessageBytes,
    bool AnnouncesMax,
    string DeadLetterTopic,
    IReadOnlyList<string> Notes)
{
    // A topic has up to 65 535 bytes; the rest of the packet is a header and few properties.
    private const int PacketRoomBytes = 128 << 10;

    private const int LeastMaxMessageBytes = 1024;

    // [MQTT-1.5.4]: of any text.
    private const int MostClientIdBytes = 65_535;

    // Only the program itself writes such topics: one of them holds statements that are run at the next start.
    private const string OwnTopics = "_socksort_";

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

    /// <summary>What a broker of MQTT 5 is asked not to go beyond; null: nothing is asked.</summary>
    public int? AnnouncedMaxPacketBytes => AnnouncesMax ? MaxMessageBytes + PacketRoomBytes : null;

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
        var logTopic = LogTopicOf(values);
        return new MqttSourceConfiguration(
            EndpointOf(values, servers[0]),
            topics,
            logTopic,
            qos,
            KeepSession: !values.Flag(ConnectorKeys.CleanSession, byDefault: false),
            TimeSpan.FromSeconds(values.Whole(ConnectorKeys.KeepAliveSeconds, DefaultKeepAliveSeconds, 1, ushort.MaxValue)),
            ClientIdOf(values),
            values.Whole(ConnectorKeys.MaxMessageBytes, SubscriberOptions.MostPayloadBytes, LeastMaxMessageBytes, SubscriberOptions.MostPayloadBytes),
            values.Flag(ConnectorKeys.AnnounceMax, byDefault: false),
            DeadLetterTopicOf(values, logTopic),
            [.. NotesOn(written, servers.Count, qos)]);
    }

    private static MqttEndpoint EndpointOf(Values values, string server)
    {
        MqttEndpoint endpoint = null!;
        Checked(values, ConnectorKeys.ServerUri,
            () => endpoint = MqttEndpoint.Parse(server, values.Find(ConnectorKeys.Username), values.Find(ConnectorKeys.Password)));
        return endpoint with { Version = VersionOf(values) };
    }

    private static MqttVersion? VersionOf(Values values)
    {
        MqttVersion? version = null;
        if (values.Find(ConnectorKeys.Version) is { } text && !MqttVersions.TryParse(text, out version))
            throw values.Wrong(ConnectorKeys.Version, $"is '{values.Written(ConnectorKeys.Version)}'; use {MqttVersions.Words}");
        return version;
    }

    private static string? ClientIdOf(Values values)
    {
        var id = values.Find(ConnectorKeys.ClientId);
        if (id is not null && (Encoding.UTF8.GetByteCount(id) > MostClientIdBytes || id.Any(char.IsControl)))
            throw values.Wrong(ConnectorKeys.ClientId, $"can't be used: a client id has up to {MostClientIdBytes} bytes and no control characters");
        return id;
    }

    private static string LogTopicOf(Values values)
    {
        var topic = values.Find(ConnectorKeys.KafkaTopic) ?? DefaultLogTopic;
        Checked(values, ConnectorKeys.KafkaTopic, () => NewTopic.CheckName(topic));
        RefuseOwn(values, ConnectorKeys.KafkaTopic, topic);
        return topic;
    }

    private static string DeadLetterTopicOf(Values values, string logTopic)
    {
        if (values.Find(ConnectorKeys.DeadLetterTopic) is not { } topic || topic == DeadLetter.DefaultTopic)
            return DeadLetter.DefaultTopic;
        Checked(values, ConnectorKeys.DeadLetterTopic, () => NewTopic.CheckName(topic));
        RefuseOwn(values, ConnectorKeys.DeadLetterTopic, topic);
        if (topic == logTopic)
            throw values.Wrong(ConnectorKeys.DeadLetterTopic, $"is the connector's own topic; choose another one, or leave it out for {DeadLetter.DefaultTopic}");
        return topic;
    }

    private static void RefuseOwn(Values values, string key, string topic)
    {
        if (topic.StartsWith(OwnTopics, StringComparison.Ordinal))
            throw values.Wrong(key, $"can't be used: topics whose names begin with {OwnTopics} are the program's own");
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
