using System.Net;
using System.Net.Sockets;
using System.Text;
using SockSort.Mqtt.Broker;

namespace SockSort.Mqtt.Tests.Broker;

/// <summary>A client that sends whatever bytes a test writes, and shows what comes back.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TcpClient _client = new();

    public static async Task<RawClient> OpenAsync(EmbeddedBroker broker)
    {
        var raw = new RawClient();
        await raw._client.ConnectAsync(IPAddress.Loopback, broker.Endpoint.Port);
        return raw;
    }

    /// <summary>One that is let in.</summary>
    public static async Task<RawClient> ConnectAsync(EmbeddedBroker broker, int version, string clientId = "raw", byte[]? properties = null)
    {
        var raw = await OpenAsync(broker);
        await raw.SendAsync(Connect(broker, version, clientId, properties: properties));
        var welcome = await raw.ReadAsync();
        Assert.Equal((0x20, 0), (welcome![0], welcome[3]));
        return raw;
    }

    /// <summary>A CONNECT with the broker's own user.</summary>
    /// <param name="will">Properties (MQTT 5), topic and message as bytes; null = none.</param>
    public static byte[] Connect(
        EmbeddedBroker broker, int version, string clientId, int flags = 0x02, byte[]? will = null, byte[]? properties = null) =>
        Packet(0x10, [
        .. Text(version == 3 ? "MQIsdp" : "MQTT"), (byte)version, (byte)(flags | 0xC0), 0, 0,
        .. version == 5 ? Block(properties ?? []) : [],
        .. Text(clientId), .. will ?? [], .. Text(broker.Endpoint.User!), .. Text(broker.Endpoint.Password!),
    ]);

    public static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    /// <summary>With its length of one byte before it.</summary>
    public static byte[] Block(byte[] bytes) => [(byte)bytes.Length, .. bytes];

    public static byte[] Packet(byte header, byte[] body) =>
        body.Length < 128 ? [header, (byte)body.Length, .. body] : [header, (byte)(body.Length | 0x80), (byte)(body.Length >> 7), .. body];

    public async Task SendAsync(byte[] bytes) => await _client.GetStream().WriteAsync(bytes).AsTask().WaitAsync(Limit);

    /// <summary>The next packet; null when the broker has closed the connection.</summary>
    public async Task<byte[]?> ReadAsync()
    {
        var packet = new List<byte>();
        var length = 0;
        for (var i = 0; i < 2 || packet[^1] >= 0x80; i++)
        {
            if (await ReadByteAsync() is not { } next)
                return null;
            packet.Add(next);
            length |= i == 0 ? 0 : (next & 0x7F) << (7 * (i - 1));
        }
        var body = new byte[length];
        await _client.GetStream().ReadExactlyAsync(body).AsTask().WaitAsync(Limit);
        return [.. packet, .. body];
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte?> ReadByteAsync()
    {
        var one = new byte[1];
        return await _client.GetStream().ReadAsync(one).AsTask().WaitAsync(Limit) == 1 ? one[0] : null;
    }
}
