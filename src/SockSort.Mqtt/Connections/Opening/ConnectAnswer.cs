using MQTTnet;
using MQTTnet.Diagnostics.PacketInspection;
using MQTTnet.Formatter;

namespace SockSort.Mqtt.Connections.Opening;

/// <summary>
/// Reads the first packet that a broker sends, byte by byte: a broker that knows no MQTT 5 answers in the form of MQTT 3, which the library
/// reads as one of MQTT 5.
/// </summary>
internal sealed class ConnectAnswer
{
    private const int ConnAckType = 0x20;
    private const int ConnAckBytes = 4; // [MQTT-3.2]: type, length of the rest, flags, code
    private const int UnsupportedVersion5 = 0x84;
    private const int UnsupportedVersion3 = 1;

    // MQTT 3.1.1, table 3.1: 1 to 5. In MQTT 5 every refusal is 0x80 or more.
    private const int LastCodeOf3 = 5;

    private readonly IMqttClient _client;
    private byte[]? _packet;

    public ConnectAnswer(IMqttClient client)
    {
        _client = client;
        client.InspectPacketAsync += ReadAsync;
    }

    /// <summary>Whether a whole packet has come, of whatever kind.</summary>
    public bool HasCome => _packet is not null;

    /// <summary>The code of the CONNACK; null where none has come.</summary>
    public int? Code => _packet is [ConnAckType, _, _, var code, ..] ? code : null;

    /// <summary>Whether the broker has answered, and does not speak the version it was asked in.</summary>
    public bool IsOtherVersion(MqttProtocolVersion asked)
    {
        if (Code is not { } code)
            return false;
        // [MQTT-3.2.2.3]: in MQTT 5 a length of properties follows, be it 0.
        var isOf3 = _packet!.Length == ConnAckBytes || code is > 0 and <= LastCodeOf3;
        return code is UnsupportedVersion5 or UnsupportedVersion3 || (asked == MqttProtocolVersion.V500 && isOf3);
    }

    private Task ReadAsync(InspectMqttPacketEventArgs packet)
    {
        if (packet.Direction == MqttPacketFlowDirection.Inbound)
        {
            _packet = packet.Buffer;
            // Only the first: each one that is inspected is copied.
            _client.InspectPacketAsync -= ReadAsync;
        }
        return Task.CompletedTask;
    }
}
