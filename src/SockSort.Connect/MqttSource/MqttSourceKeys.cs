using SockSort.Connect.Configuration;
using SockSort.Log;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Subscribing;

namespace SockSort.Connect.MqttSource;

/// <summary>The keys of the MQTT source: Confluent's, one of Kafka Connect's sinks, and six of our own.</summary>
internal static class MqttSourceKeys
{
    public const string ServerUri = "mqtt.server.uri";
    public const string Username = "mqtt.username";
    public const string Password = "mqtt.password";
    public const string MqttTopics = "mqtt.topics";
    public const string Qos = "mqtt.qos";
    public const string CleanSession = "mqtt.clean.session.enabled";
    public const string KeepAliveSeconds = "mqtt.keepalive.interval.seconds";
    public const string KafkaTopic = "kafka.topic";

    // A key of Kafka Connect's sinks.
    public const string DeadLetterTopic = "errors.deadletterqueue.topic.name";

    // Our own keys.
    public const string ClientId = "mqtt.client.id";
    public const string Version = "mqtt.version";
    public const string MaxMessageBytes = "mqtt.message.max.bytes";
    public const string AnnounceMax = "mqtt.message.max.announce";
    public const string RemoveDoubles = "mqtt.doubles.remove";
    public const string KeyField = "mqtt.key.field";

    private const int LeastMaxMessageBytes = 1024;

    // [MQTT-1.5.4]: the limit of any string.
    private const int MostClientIdBytes = 65_535;

    // Only the program itself may write these topics: one of them holds statements that are run at the next start.
    private const string OwnTopics = "_socksort_";

    // Keys for the original's way of connecting, which has no equivalent here.
    private static readonly string[] Ignored =
    [
        "mqtt.connect.timeout.seconds", "max.retry.time.ms", "records.buffer.queue.size", "records.buffer.queue.max.batch.size",
        "records.buffer.queue.empty.timeout",
    ];

    /// <summary>
    /// The definitions. Topic and keep-alive have Confluent's defaults. QoS and session have not (Confluent's are QoS 0 and a clean
    /// session): with ours, a message that a broker has acknowledged is not lost while the connector is away
    /// (docs/decisions/0003-connector-keeps-its-session.md).
    /// </summary>
    public static ConfigDef Definition { get; } = new(
        [
            new(ServerUri, ConfigType.List, null, "The broker's address.") { Example = "mqtt://localhost:1883" },
            new(MqttTopics, ConfigType.List, null, "The MQTT topics that it subscribes to; wildcards are allowed.")
            {
                Example = "sockfound",
                Problem = ProblemOfFilter,
            },
            .. CommonKeys.All,
            new(Username, ConfigType.Text, null, "The user at the broker."),
            new(Password, ConfigType.Password, null, "The user's password; by ${file:…} it stays out of statements."),
            new(Qos, ConfigType.Whole, "1", "Quality of service of the subscription.") { Range = (0, 2) },
            new(KafkaTopic, ConfigType.Text, "mqtt", "The topic of the log that gets the messages.") { Problem = ProblemOfTopic },
            new(CleanSession, ConfigType.Flag, "false", "Whether the broker drops the session when the connector goes."),
            new(KeepAliveSeconds, ConfigType.Whole, "60", "How often at least something is sent, in seconds.")
            {
                Range = (1, ushort.MaxValue),
            },
            new(ClientId, ConfigType.Text, null, "The session's name at the broker; made of the connector's name, machine and "
                + "folder where it is left out.")
            {
                Problem = ProblemOfClientId,
            },
            new(Version, ConfigType.Text, null, "The version of MQTT: found out where it is left out.") { Expected = ExpectedVersion },
            new(
                MaxMessageBytes, ConfigType.Whole, $"{SubscriberOptions.MostPayloadBytes}",
                "Bytes of a message; a larger one becomes a dead letter.")
            {
                Range = (LeastMaxMessageBytes, SubscriberOptions.MostPayloadBytes),
            },
            new(AnnounceMax, ConfigType.Flag, "false", "Whether a broker of MQTT 5 is asked not to send larger ones."),
            new(RemoveDoubles, ConfigType.Flag, "true", "Whether a message is left out that the log has already, by its fields "
                + "camera, run and seq, and cameras are told what the log has."),
            new(KeyField, ConfigType.Text, null, "The field of a JSON message that becomes the record's key, a.b for one in an object; the "
                + "MQTT topic where it is left out.")
            {
                Expected = path => path.Split('.').All(name => name.Length > 0) ? null : "use the name of a field, or a.b",
            },
            new(DeadLetterTopic, ConfigType.Text, DeadLetter.DefaultTopic, "The topic of the log that tells of messages which "
                + "can't be stored as they are.")
            {
                Problem = topic => topic == DeadLetter.DefaultTopic ? null : ProblemOfTopic(topic),
            },
        ],
        [.. CommonKeys.Ignored, .. Ignored],
        CommonKeys.IgnoredPrefixes);

    private static string? ProblemOfFilter(string filter) => Problem(() => EmbeddedBroker.CheckFilter(filter));

    private static string? ProblemOfTopic(string topic) => Problem(() => NewTopic.CheckName(topic))
        ?? (topic.StartsWith(OwnTopics, StringComparison.Ordinal)
            ? $"topics whose names begin with {OwnTopics} are the program's own"
            : null);

    private static string? ProblemOfClientId(string id) =>
        System.Text.Encoding.UTF8.GetByteCount(id) > MostClientIdBytes || id.Any(char.IsControl)
        ? $"a client id has up to {MostClientIdBytes} bytes and no control characters"
        : null;

    private static string? ExpectedVersion(string text) => MqttVersions.TryParse(text, out _) ? null : $"use {MqttVersions.Words}";

    private static string? Problem(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (Exception error) when (error is MqttException or LogException)
        {
            return error.Message;
        }
    }
}
