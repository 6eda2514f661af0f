using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SockSort.Bench.Mqtt;

/// <summary>Publishes as fast as the broker takes it, with as little work of its own as can be.</summary>
internal static class MqttLoader
{
    private const int SendBytes = 64 * 1024;

    // The broker's Receive Maximum.
    private const int Window = 1000;
    private const byte Connect = 0x10;
    private const byte Publish = 0x30;
    private const byte Ping = 0xC0;
    private const int AckBytes = 4;

    private static readonly byte[] Topic = Text(MqttPayloads.Topic);

    /// <param name="server">Whose broker is published to.</param>
    /// <param name="clientId">The publisher's id.</param>
    /// <param name="qos">0 or 1.</param>
    /// <param name="first">The number of the first message.</param>
    /// <param name="count">How many.</param>
    /// <remarks>Returns when the broker has taken the last one; of QoS 1 when it is acknowledged.</remarks>
    /// <exception cref="BenchException">The broker closes the connection.</exception>
    public static void Run(MqttServer server, string clientId, int qos, int first, int count)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, server.Port);
        socket.Send(Packet(Connect, [.. Text("MQTT"), 4, 0xC2, 0, 0, .. Text(clientId), .. Text(server.User), .. Text(server.Password)]));
        Read(socket, AckBytes);
        var buffer = new byte[SendBytes];
        var (length, acknowledged) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            length += Write(buffer.AsSpan(length), qos, i, MqttPayloads.Of(first + i));
            var isFull = qos == 1 && i + 1 - acknowledged == Window;
            if (length < SendBytes - 256 && !isFull && i + 1 < count)
                continue;
            Send(socket, buffer.AsSpan(0, length));
            length = 0;
            if (qos == 1)
                acknowledged += Acknowledged(socket, atLeastOne: isFull);
        }
        while (qos == 1 && acknowledged < count)
            acknowledged += Acknowledged(socket, atLeastOne: true);
        // Answered behind all that was sent before.
        socket.Send([Ping, 0]);
        Read(socket, 2);
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
    private static int Acknowledged(Socket socket, bool atLeastOne)
    {
        var count = socket.Available / AckBytes;
        if (atLeastOne)
            count = Math.Max(1, count);
        Read(socket, count * AckBytes);
        return count;
    }

    private static void Send(Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[socket.Send(bytes)..];
    }

    private static void Read(Socket socket, int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var more = socket.Receive(bytes.AsSpan(read));
            if (more == 0)
                throw new BenchException("the broker has closed the connection");
            read += more;
        }
    }

    private static byte[] Packet(byte header, byte[] body) => [header, (byte)body.Length, .. body];

    private static byte[] Text(string text) => [0, (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
}
