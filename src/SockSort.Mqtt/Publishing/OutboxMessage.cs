using System.Text;

namespace SockSort.Mqtt.Publishing;

/// <summary>A message that a publisher owes its broker.</summary>
internal sealed class OutboxMessage(string topic, ReadOnlyMemory<byte> payload, bool retain, MessageStamp? stamp = null)
{
    public string Topic { get; } = topic;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public bool Retain { get; } = retain;

    /// <summary>Null where nobody could confirm it.</summary>
    public MessageStamp? Stamp { get; } = stamp;

    /// <summary>Its number in the disk buffer; null where it is in memory only.</summary>
    public long? Position { get; set; }

    /// <summary>The broker has acknowledged it before, and it is sent once more as nobody has confirmed it.</summary>
    public bool WasAcknowledged { get; set; }

    public bool WasSent { get; set; }

    /// <summary>The clock's timestamp of the latest send.</summary>
    public long SentAt { get; set; }

    /// <summary>
    /// Length of the PUBLISH packet with all headers, which is what a broker's limit counts [MQTT-3.1.2-24]; with QoS 1 and no
    /// properties.
    /// </summary>
    public long PacketBytes
    {
        get
        {
            // [MQTT-3.3]: topic after its length, packet identifier, length of no properties, payload; before all that, type and
            // remaining length.
            var remaining = 2L + Encoding.UTF8.GetByteCount(Topic) + 2 + 1 + Payload.Length;
            return 1 + BytesOfLength(remaining) + remaining;
        }
    }

    // [MQTT-1.5.5]: 7 bits a byte.
    private static int BytesOfLength(long length) => length switch { < 1 << 7 => 1, < 1 << 14 => 2, < 1 << 21 => 3, _ => 4 };
}
