using SockSort.Connect.Configuration;
using SockSort.Connect.MqttSource;
using SockSort.Connect.Sinks;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSink;

/// <summary>The keys of the MQTT sink: Confluent's, Kafka Connect's for errors, and three of our own.</summary>
internal static class MqttSinkKeys
{
    public const string Retained = "mqtt.retained.enabled";

    // Our own key.
    public const string MqttTopic = "mqtt.topic";

    // Keys for the original's way of connecting, which has no equivalent here.
    private static readonly string[] Ignored =
    [
        "mqtt.connect.timeout.seconds", "max.retry.time.ms", "mqtt.clean.session.enabled", "mqtt.tls.enabled", "request.timeout.ms",
        "retry.backoff.ms",
    ];

    public static ConfigDef Definition { get; } = new(
        [
            new(MqttSourceKeys.ServerUri, ConfigType.List, null, "The broker's address.") { Example = "mqtt://localhost:1883" },
            .. SinkKeys.All,
            new(MqttSourceKeys.Username, ConfigType.Text, null, "The user at the broker."),
            new(MqttSourceKeys.Password, ConfigType.Password, null, "The user's password; by ${file:…} it stays out of statements."),
            new(
                MqttTopic, ConfigType.Text, RecordTexts.Topic,
                "The MQTT topic; ${topic} is the log's topic in it, ${key} the record's key.")
            {
                Problem = ProblemOfPattern,
            },
            new(MqttSourceKeys.Qos, ConfigType.Whole, "1", "Quality of service of what is published.") { Range = (0, 2) },
            new(Retained, ConfigType.Flag, "true", "Whether the broker keeps the last message of each MQTT topic; a record without a value "
                + "clears it."),
            new(MqttSourceKeys.KeepAliveSeconds, ConfigType.Whole, "60", "How often at least something is sent, in seconds.")
            {
                Range = (1, ushort.MaxValue),
            },
            new(MqttSourceKeys.ClientId, ConfigType.Text, null, "The connection's name at the broker; one of its own each time where it is "
                + "left out."),
            new(MqttSourceKeys.Version, ConfigType.Text, null, "The version of MQTT: found out where it is left out.")
            {
                Expected = text => MqttVersions.TryParse(text, out _) ? null : $"use {MqttVersions.Words}",
            },
            .. ErrantKeys.All,
        ],
        [.. SinkKeys.Ignored, .. Ignored],
        CommonKeys.IgnoredPrefixes);

    private static string? ProblemOfPattern(string pattern)
    {
        try
        {
            var example = pattern.Replace(RecordTexts.Topic, "t", StringComparison.Ordinal);
            Mqtt.Publishing.MqttPublisher.CheckTopic(example.Replace(RecordTexts.Key, "k", StringComparison.Ordinal));
            return null;
        }
        catch (MqttException error)
        {
            return error.Message;
        }
    }
}
