using System.Buffers.Binary;
using System.Text;
using MQTTnet.Adapter;

namespace SockSort.Mqtt.Receiving;

/// <summary>
/// Takes a broker's packets off the connection. A PUBLISH is read here, its payload only as far as the limit allows: what is
/// beyond is skipped in constant memory. Other packets are handed on as they are.
/// </summary>
/// <param name="hasProperties">MQTT 5.</param>
internal sealed class IncomingPacketReader(ReadAhead bytes, bool hasProperties, int maxPayloadBytes)
{
    /// <summary>How much is kept of the payload of a message over the limit.</summary>
    public const int HeadBytes = 1024;

    // Only texts of the broker can be long in these packets.
    private const int MaxOtherBytes = 1 << 20;
    private const int PublishType = 3;
    private const int MaxLengthBytes = 4;

    private static readonly string[] Names =
    [
        "packet of type 0", "CONNECT", "CONNACK", "PUBLISH", "PUBACK", "PUBREC", "PUBREL", "PUBCOMP",
        "SUBSCRIBE", "SUBACK", "UNSUBSCRIBE", "UNSUBACK", "PINGREQ", "PINGRESP", "DISCONNECT", "AUTH",
    ];

    /// <returns>Null where the connection has ended after a whole packet.</returns>
    /// <exception cref="MqttException">The broker's bytes are no packet, or end in one.</exception>
    public async ValueTask<PacketHeader?> NextAsync(CancellationToken cancellationToken)
    {
        if (!await bytes.HasAsync(1, cancellationToken))
            return null;
        var first = bytes.Buffered[0];
        bytes.Consume(1);
        var length = await ReadLengthAsync(Name(first), cancellationToken);
        return new PacketHeader(first, (int)length, first >> 4 == PublishType);
    }

    /// <summary>Reads the rest of a packet that is no PUBLISH.</summary>
    /// <exception cref="MqttException">It is larger than any such packet, or cut off.</exception>
    public async ValueTask<ReceivedMqttPacket> ReadBodyAsync(PacketHeader header, CancellationToken cancellationToken)
    {
        var name = Name(header.First);
        if (header.Length > MaxOtherBytes)
            throw MqttErrors.Malformed(name, $"it has {header.Length} bytes");
        var body = new byte[header.Length];
        Expect(await bytes.ReadAsync(body, cancellationToken), name);
        // The decoder takes a packet without any length for none.
        return new ReceivedMqttPacket(header.First, body, header.Length + 2);
    }

    /// <summary>A PUBLISH up to its payload, which is to be read next.</summary>
    /// <exception cref="MqttException">It contradicts itself, or is cut off.</exception>
    public async ValueTask<PublishHead> ReadHeadAsync(PacketHeader header, CancellationToken cancellationToken)
    {
        var qos = (header.First >> 1) & 3;
        if (qos == 3)
            throw Malformed("its quality of service is 3");
        var topicLength = await ReadNumberAsync(cancellationToken);
        var idLength = qos > 0 ? 2 : 0;
        var left = header.Length - 2L - topicLength - idLength;
        if (topicLength == 0 || left < 0)
            throw Malformed($"its topic has {topicLength} bytes, the rest of the packet {header.Length}");
        Expect(await bytes.HasAsync(topicLength, cancellationToken), "PUBLISH");
        var topic = Encoding.UTF8.GetString(bytes.Buffered[..topicLength]);
        bytes.Consume(topicLength);
        var id = qos > 0 ? await ReadNumberAsync(cancellationToken) : 0;
        if (qos > 0 && id == 0)
            throw Malformed("it has no packet identifier");
        if (hasProperties)
            left -= await SkipPropertiesAsync(left, cancellationToken);
        return new PublishHead(topic, (int)left, (int)left <= maxPayloadBytes ? (int)left : Math.Min((int)left, HeadBytes), qos,
            Retained: (header.First & 1) != 0, Duplicate: (header.First & 8) != 0, id);
    }

    /// <exception cref="MqttException">The payload is cut off.</exception>
    public async ValueTask<MqttMessage> ReadPayloadAsync(PublishHead head, CancellationToken cancellationToken)
    {
        var payload = head.KeptBytes == 0 ? [] : GC.AllocateUninitializedArray<byte>(head.KeptBytes);
        Expect(await bytes.ReadAsync(payload, cancellationToken), "PUBLISH");
        Expect(await bytes.SkipAsync(head.PayloadBytes - head.KeptBytes, cancellationToken), "PUBLISH");
        return new MqttMessage(head.Topic, payload, head.Qos, head.Retained, head.Duplicate, head.Id) { FullBytes = head.PayloadBytes };
    }

    /// <summary>A packet's type in words, from its first byte.</summary>
    public static string Name(byte first) => Names[first >> 4];

    // Nothing of them is kept, however many there are.
    private async ValueTask<long> SkipPropertiesAsync(long left, CancellationToken cancellationToken)
    {
        var before = bytes.Consumed;
        var length = await ReadLengthAsync("PUBLISH", cancellationToken);
        var all = bytes.Consumed - before + length;
        if (all > left)
            throw Malformed($"its properties have {length} bytes, and {left} are left of the packet");
        Expect(await bytes.SkipAsync(length, cancellationToken), "PUBLISH");
        return all;
    }

    // [MQTT-1.5.5]: 7 bits a byte, lowest first.
    private async ValueTask<long> ReadLengthAsync(string packet, CancellationToken cancellationToken)
    {
        long length = 0;
        for (var i = 0; i < MaxLengthBytes; i++)
        {
            Expect(await bytes.HasAsync(1, cancellationToken), packet);
            var next = bytes.Buffered[0];
            bytes.Consume(1);
            length |= (long)(next & 0x7F) << (7 * i);
            if (next < 0x80)
                return length;
        }
        throw MqttErrors.Malformed(packet, "a length in it has more than 4 bytes");
    }

    private async ValueTask<int> ReadNumberAsync(CancellationToken cancellationToken)
    {
        Expect(await bytes.HasAsync(2, cancellationToken), "PUBLISH");
        var number = BinaryPrimitives.ReadUInt16BigEndian(bytes.Buffered);
        bytes.Consume(2);
        return number;
    }

    private static MqttException Malformed(string problem) => MqttErrors.Malformed("PUBLISH", problem);

    private static void Expect(bool arrived, string packet)
    {
        if (!arrived)
            throw MqttErrors.CutOff(packet);
    }
}

/// <param name="First">Type and flags.</param>
/// <param name="Length">Bytes after the length itself.</param>
internal readonly record struct PacketHeader(byte First, int Length, bool IsPublish);

/// <summary>A PUBLISH without its payload.</summary>
/// <param name="KeptBytes">Of the payload, from its start: all of it, or a head where it is over the limit.</param>
/// <param name="Id">0 for QoS 0.</param>
internal readonly record struct PublishHead(string Topic, int PayloadBytes, int KeptBytes, int Qos, bool Retained, bool Duplicate, int Id);
