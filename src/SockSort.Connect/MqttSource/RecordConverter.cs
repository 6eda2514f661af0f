using System.Globalization;
using System.Text;
using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource;

/// <summary>
/// Converts messages to log records, as Confluent's MQTT source does: the key is the MQTT topic, the value is the payload, and there are
/// four text headers.
/// </summary>
internal static class RecordConverter
{
    public static NewRecord Convert(MqttMessage message) =>
        new(Encoding.UTF8.GetBytes(message.Topic), message.Payload, Headers: HeadersOf(message));

    public static RecordHeader[] HeadersOf(MqttMessage message) =>
    [
        Header("mqtt.message.id", message.Id.ToString(CultureInfo.InvariantCulture)),
        Header("mqtt.qos", message.Qos.ToString(CultureInfo.InvariantCulture)),
        Header("mqtt.retained", message.Retained ? "true" : "false"),
        Header("mqtt.duplicate", message.Duplicate ? "true" : "false"),
    ];

    private static RecordHeader Header(string name, string value) => new(name, Encoding.UTF8.GetBytes(value));
}
