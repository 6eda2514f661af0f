using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace SockSort.Server.Tests.Ksql;

/// <summary>A client of HTTP/2 with prior knowledge that shows the frames themselves: some clients take one for an answer.</summary>
internal static class Http2Frames
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;
    private const byte Acknowledged = 1;

    /// <summary>Posts a body and gives the texts of the answer's data frames, without the empty ones.</summary>
    public static async Task<IReadOnlyList<string>> PostAsync(Uri server, string path, string body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await WriteAsync(stream, Settings, 0, stream: 0, []);
        await WriteAsync(stream, Headers, EndHeaders, stream: 1, [
            .. Field(":method", "POST"), .. Field(":scheme", "http"), .. Field(":path", path), .. Field(":authority", server.Authority)]);
        await WriteAsync(stream, Data, EndStream, stream: 1, Encoding.UTF8.GetBytes(body));
        var texts = new List<string>();
        while (true)
        {
            var (type, flags, payload) = await ReadAsync(stream);
            if (type == Settings && (flags & Acknowledged) == 0)
                await WriteAsync(stream, Settings, Acknowledged, stream: 0, []);
            if (type == Data && payload.Length > 0)
                texts.Add(Encoding.UTF8.GetString(payload));
            if (type is Data or Headers && (flags & EndStream) != 0)
                return texts;
        }
    }

    /// <summary>HPACK's literal form without indexing; names and values are shorter than 127 letters.</summary>
    private static byte[] Field(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    private static async Task WriteAsync(NetworkStream to, byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        (frame[0], frame[1], frame[2]) = ((byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        await to.WriteAsync(frame);
    }

    private static async Task<(byte Type, byte Flags, byte[] Payload)> ReadAsync(NetworkStream from)
    {
        var head = new byte[9];
        await from.ReadExactlyAsync(head);
        var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
        await from.ReadExactlyAsync(payload);
        return (head[3], head[4], payload);
    }
}
