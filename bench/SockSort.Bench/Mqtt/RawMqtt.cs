using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SockSort.Bench.Mqtt;

/// <summary>A client of MQTT 3.1.1 with as little work of its own as can be.</summary>
internal sealed class RawMqtt : IDisposable
{
    /// <summary>Bytes of a PUBACK, a CONNACK.</summary>
    public const int AckBytes = 4;

    private const byte Connect = 0x10;
    private const byte Ping = 0xC0;

    // User, password and clean session.
    private const byte ConnectFlags = 0xC2;
    private const byte Version311 = 4;

    // Section 2.2.3: another byte of the length follows.
    private const byte MoreFlag = 0x80;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <param name="receiveBytes">What the system keeps of what is not read; null for its own choice, which is megabytes.</param>
    /// <exception cref="BenchException">The broker closes the connection.</exception>
    public RawMqtt(MqttServer server, string clientId, int? receiveBytes = null)
    {
        if (receiveBytes is { } bytes)
            _socket.ReceiveBufferSize = bytes;
        _socket.Connect(IPAddress.Loopback, server.Port);
        byte[] login = [.. Text(clientId), .. Text(server.User), .. Text(server.Password)];
        Send(Packet(Connect, [.. Text("MQTT"), Version311, ConnectFlags, 0, 0, .. login]));
        Read(new byte[AckBytes]);
    }

    /// <summary>Bytes that have come and are not read.</summary>
    public int Available => _socket.Available;

    public static byte[] Text(string text) => [0, (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    /// <param name="body">Shorter than 16 KiB.</param>
    public static byte[] Packet(byte header, byte[] body) => body.Length < MoreFlag
        ? [header, (byte)body.Length, .. body]
        : [header, (byte)(body.Length | MoreFlag), (byte)(body.Length >> 7), .. body];

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[_socket.Send(bytes)..];
    }

    /// <exception cref="BenchException">The broker closes the connection.</exception>
    public void Read(Span<byte> into)
    {
        while (!into.IsEmpty)
            into = into[ReadSome(into)..];
    }

    /// <returns>Bytes that have come, at least one.</returns>
    /// <inheritdoc cref="Read"/>
    public int ReadSome(Span<byte> into)
    {
        var read = _socket.Receive(into);
        return read > 0 ? read : throw new BenchException("the broker has closed the connection");
    }

    /// <summary>Asks for an answer behind all that was sent before.</summary>
    public void SendPing() => Send([Ping, 0]);

    public void Dispose() => _socket.Dispose();
}
