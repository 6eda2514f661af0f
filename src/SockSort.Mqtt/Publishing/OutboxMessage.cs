using System.Text;

namespace SockSort.Mqtt.Publishing;

/// <summary>A message that a publisher has to deliver to its broker.</summary>
internal sealed class OutboxMessage(string topic, ReadOnlyMemory<byte> payload, bool retain, MessageStamp? stamp = null)
{
    public string Topic { get; } = topic;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public bool Retain { get; } = retain;

    /// <summary>The stamp by which a receiver confirms the message; null for none.</summary>
    public MessageStamp? Stamp { get; } = stamp;

    /// <summary>The position in the disk buffer; null where the message is in memory only.</summary>
    public long? Position { get; set; }

    /// <summary>
    /// Whether the broker has acknowledged the message before, and it is sent again because no receiver has confirmed it.
    /// </summary>
    public bool WasAcknowledged { get; set; }

    public bool WasSent { get; set; }

    /// <summary>The clock's timestamp at the latest send.</summary>
    public long SentAt { get; set; }

    /// <summary>
    /// The length in bytes of the PUBLISH packet with all headers, for QoS 1 and no properties. This is what a broker's limit counts
    /// [MQTT-3.1.2-24].
    /// </summary>
    public long PacketBytes
    {
        get
        {
            // [MQTT-3.3]: topic length and topic, packet identifier, length of the empty properties, payload; before these, the type and
            // the remaining length.
            var remaining = 2L + Encoding.UTF8.GetByteCount(Topic) + 2 + 1 + Payload.Length;
            return 1 + BytesOfLength(remaining) + remaining;
        }
    }

    // [MQTT-1.5.5]: each byte of a length carries 7 bits.
    private static int BytesOfLength(long length) => length switch { < 1 << 7 => 1, < 1 << 14 => 2, < 1 << 21 => 3, _ => 4 };
}
