using SockSort.Connect.Sinks;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSink;

/// <summary>The texts of the MQTT sink's errors.</summary>
internal static class MqttSinkErrors
{
    public static ConnectException NoKey(string connector) => new(ConnectErrorKind.Storage,
        $"connector '{connector}': '{MqttSinkKeys.MqttTopic}' has {RecordTexts.Key}, and the record has no key, or one that is no text",
        MqttSinkKeys.MqttTopic);

    public static ConnectException NotPublished(string connector, MqttException error) =>
        new(ConnectErrorKind.Storage, $"connector '{connector}': {error.Message}", MqttSource.MqttSourceKeys.ServerUri, error);
}
