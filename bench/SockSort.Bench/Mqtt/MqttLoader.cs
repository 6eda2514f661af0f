using System.Buffers.Binary;

namespace SockSort.Bench.Mqtt;

/// <summary>Publishes as fast as the broker takes it, with as little work of its own as can be.</summary>
internal static class MqttLoader
{
    private const int SendBytes = 64 * 1024;

    // Messages that wait for their acknowledgement at once.
    private const int Window = 1000;
    private const byte Publish = 0x30;

    private static readonly byte[] Topic = RawMqtt.Text(MqttPayloads.Topic);

    /// <param name="server">Whose broker is published to.</param>
    /// <param name="clientId">The publisher's id.</param>
    /// <param name="qos">0 or 1.</param>
    /// <param name="first">The number of the first message.</param>
    /// <param name="count">How many.</param>
    /// <remarks>Returns when the broker has taken the last one; of QoS 1 when it is acknowledged.</remarks>
    /// <exception cref="BenchException">The broker closes the connection.</exception>
    public static void Run(MqttServer server, string clientId, int qos, int first, int count)
    {
        using var client = new RawMqtt(server, clientId);
        var buffer = new byte[SendBytes];
        var (length, acknowledged) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            length += Write(buffer.AsSpan(length), qos, i, MqttPayloads.Of(first + i));
            var isFull = qos == 1 && i + 1 - acknowledged == Window;
            if (length < SendBytes - 256 && !isFull && i + 1 < count)
                continue;
            client.Send(buffer.AsSpan(0, length));
            length = 0;
            if (qos == 1)
                acknowledged += Acknowledged(client, atLeastOne: isFull);
        }
        while (qos == 1 && acknowledged < count)
            acknowledged += Acknowledged(client, atLeastOne: true);
        // Answered behind all that was sent before.
        client.SendPing();
        client.Read(new byte[2]);
    }

    private static int Write(Span<byte> to, int qos, int number, byte[] payload)
    {
        var topic = Topic;
        var length = topic.Length + (2 * qos) + payload.Length;
        to[0] = (byte)(Publish | (qos << 1));
        // Shorter than 128 bytes.
        to[1] = (byte)length;
        topic.CopyTo(to[2..]);
        var at = 2 + topic.Length;
        if (qos == 1)
        {
            BinaryPrimitives.WriteUInt16BigEndian(to[at..], (ushort)((number % 65_535) + 1));
            at += 2;
        }
        payload.CopyTo(to[at..]);
        return at + payload.Length;
    }

    /// <summary>Reads the acknowledgements that have come, and waits for one where none has.</summary>
    private static int Acknowledged(RawMqtt client, bool atLeastOne)
    {
        var count = client.Available / RawMqtt.AckBytes;
        if (atLeastOne)
            count = Math.Max(1, count);
        client.Read(new byte[count * RawMqtt.AckBytes]);
        return count;
    }
}
