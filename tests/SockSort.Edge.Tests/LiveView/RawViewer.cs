using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace SockSort.Edge.Tests.LiveView;

/// <summary>A viewer of whom each byte is seen: he reads what the test reads, and nothing else.</summary>
internal sealed class RawViewer : IAsyncDisposable
{
    private readonly TcpClient _client;
    private readonly SslStream _tls;

    private RawViewer(TcpClient client, SslStream tls) => (_client, _tls) = (client, tls);

    /// <summary>Sends a request of HTTP/1.1, and reads nothing of its answer.</summary>
    public static async Task<RawViewer> OpenAsync(int port, string request = "GET /stream.mjpg HTTP/1.1")
    {
        var viewer = await ConnectAsync(port, SslApplicationProtocol.Http11);
        await viewer._tls.WriteAsync(
            Encoding.ASCII.GetBytes($"{request}\r\nHost: localhost\r\n\r\n"), TestContext.Current.CancellationToken);
        return viewer;
    }

    /// <summary>
    /// Asks for the stream by HTTP/2 with windows as large as they can be, so that nothing but the line itself holds it back; reads
    /// nothing.
    /// </summary>
    public static async Task<RawViewer> OpenHttp2Async(int port)
    {
        var viewer = await ConnectAsync(port, SslApplicationProtocol.Http2);
        var window = Number(int.MaxValue);
        byte[] path = [.. "/stream.mjpg"u8], host = [.. "localhost"u8];
        await viewer._tls.WriteAsync(
            (byte[])[
                .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
                .. Http2Frame(type: 4, flags: 0, stream: 0, [0, 4, .. window]), // SETTINGS_INITIAL_WINDOW_SIZE
                .. Http2Frame(type: 8, flags: 0, stream: 0, Number(int.MaxValue - 65_535)), // WINDOW_UPDATE of the connection
                // RFC 7541, appendix A: 2 is GET, 7 https, 4 the path, 1 the authority.
                .. Http2Frame(
                    type: 1, flags: 5, stream: 1, [0x82, 0x87, 0x04, (byte)path.Length, .. path, 0x01, (byte)host.Length, .. host]),
            ],
            TestContext.Current.CancellationToken);
        return viewer;
    }

    /// <summary>Reads so many bytes; fails where they do not come.</summary>
    public ValueTask ReadAsync(int bytes) => _tls.ReadExactlyAsync(new byte[bytes], TestContext.Current.CancellationToken);

    /// <summary>Reads up to where the server ends it.</summary>
    public async Task<string> ReadAllAsync()
    {
        using var reader = new StreamReader(_tls, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        // What was not read is not waited for.
        _client.Dispose();
        await _tls.DisposeAsync();
    }

    private static async Task<RawViewer> ConnectAsync(int port, SslApplicationProtocol protocol)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [protocol],
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            },
            TestContext.Current.CancellationToken);
        return new RawViewer(client, tls);
    }

    private static byte[] Http2Frame(byte type, byte flags, int stream, byte[] payload) =>
        [.. Number(payload.Length)[1..], type, flags, .. Number(stream), .. payload];

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
