using System.Buffers;
using MQTTnet;
using MQTTnet.Protocol;

namespace SockSort.Mqtt.Publishing;

/// <summary>Makes messages of the MQTT library.</summary>
internal static class ApplicationMessages
{
    public static MqttApplicationMessage Of(string topic, ReadOnlyMemory<byte> payload, MqttQualityOfServiceLevel qos, bool retain) => new()
    {
        Topic = topic,
        Payload = new ReadOnlySequence<byte>(payload),
        QualityOfServiceLevel = qos,
        Retain = retain,
    };
}
