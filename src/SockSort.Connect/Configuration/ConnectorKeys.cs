namespace SockSort.Connect;

/// <summary>The configuration keys of Kafka Connect and of its MQTT source, and what becomes of each.</summary>
internal static class ConnectorKeys
{
    public const string Name = "name";
    public const string Class = "connector.class";
    public const string TasksMax = "tasks.max";
    public const string KeyConverter = "key.converter";
    public const string ValueConverter = "value.converter";
    public const string ServerUri = "mqtt.server.uri";
    public const string Username = "mqtt.username";
    public const string Password = "mqtt.password";
    public const string MqttTopics = "mqtt.topics";
    public const string Qos = "mqtt.qos";
    public const string CleanSession = "mqtt.clean.session.enabled";
    public const string KeepAliveSeconds = "mqtt.keepalive.interval.seconds";
    public const string KafkaTopic = "kafka.topic";

    // Kafka Connect's, of its sinks.
    public const string DeadLetterTopic = "errors.deadletterqueue.topic.name";

    // Ours.
    public const string ClientId = "mqtt.client.id";
    public const string Version = "mqtt.version";
    public const string MaxMessageBytes = "mqtt.message.max.bytes";
    public const string AnnounceMax = "mqtt.message.max.announce";

    private static readonly string[] Used =
    [
        Name, Class, TasksMax, KeyConverter, ValueConverter, ServerUri, Username, Password, MqttTopics, Qos, CleanSession,
        KeepAliveSeconds, KafkaTopic, DeadLetterTopic, ClientId, Version, MaxMessageBytes, AnnounceMax,
    ];

    // Meaningful to a cluster, a licence or the original's way of connecting; one process does without.
    private static readonly string[] Ignored =
    [
        "mqtt.connect.timeout.seconds", "max.retry.time.ms", "records.buffer.queue.size", "records.buffer.queue.max.batch.size",
        "records.buffer.queue.empty.timeout", "config.action.reload", "header.converter", "transforms", "predicates",
        "topic.creation.groups", "exactly.once.support",
    ];

    private static readonly string[] IgnoredPrefixes = ["confluent.", "errors.", "topic.creation.default.", "key.converter.", "value.converter."];

    public static bool IsUsed(string key) => Used.Contains(key);

    public static bool IsIgnored(string key) => !IsUsed(key) && IsWithoutEffect(key);

    private static bool IsWithoutEffect(string key) =>
        Ignored.Contains(key) || IgnoredPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The known key that differs in the fewest letters.</summary>
    public static string Nearest(string key) => Used.Concat(Ignored).MinBy(known => Distance(known, key))!;

    // Levenshtein's distance, one row at a time.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
