using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using SockSort.Server.Ksql;
using SockSort.Testing;

namespace SockSort.Server.Tests.Ksql;

/// <summary>A client that never reads its answer is cut off: what the answer is made of is not kept for it for ever.</summary>
public sealed class DeafClientTests
{
    // RFC 6455, 5.2: a ping without content, masked by zeros.
    private static readonly byte[] Ping = [0x89, 0x80, 0, 0, 0, 0];

    [Fact]
    public async Task Of_a_whole_answer()
    {
        await using var server = await StartAsync();
        var body = new JsonObject { ["ksql"] = string.Concat(Enumerable.Repeat("SHOW FUNCTIONS;", 600)) }.ToJsonString();
        using var deaf = await PostAsync(server, "/ksql", body);

        await IsCutOffAsync(deaf, " "u8.ToArray());
    }

    [Fact]
    public async Task Of_printed_records()
    {
        await using var server = await StartAsync();
        await server.AppendManyAsync("many", 20_000);
        using var deaf = await PostAsync(server, "/query", """{"ksql": "PRINT 'many' FROM BEGINNING;"}""");

        await IsCutOffAsync(deaf, " "u8.ToArray());
    }

    [Fact]
    public async Task Of_printed_records_over_a_WebSocket()
    {
        await using var server = await StartAsync();
        await server.AppendManyAsync("many", 20_000);
        var query = Uri.EscapeDataString("""{"ksql": "PRINT 'many' FROM BEGINNING;"}""");
        using var deaf = await SendAsync(
            server,
            $"GET /ws/query?request={query} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");

        await IsCutOffAsync(deaf, Ping);
    }

    [Theory]
    [InlineData("/info")]
    [InlineData("/healthcheck")]
    [InlineData("/metrics")]
    public async Task What_GET_tells_HEAD_tells_without_a_body(string path)
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    private static Task<RunningServer> StartAsync() =>
        RunningServer.StartAsync(new KsqlServerOptions { SendTimeout = TimeSpan.FromSeconds(1) });

    private static Task<TcpClient> PostAsync(RunningServer server, string path, string body) =>
        SendAsync(
            server,
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private static async Task<TcpClient> SendAsync(RunningServer server, string request)
    {
        var client = new TcpClient { NoDelay = true, ReceiveBufferSize = 8 << 10 };
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        return client;
    }

    /// <summary>Seen without reading: what is sent to a connection that was cut off comes back as an error.</summary>
    private static Task IsCutOffAsync(TcpClient deaf, byte[] sign) => Eventually.TrueAsync(
        () =>
        {
            try
            {
                deaf.Client.Send(sign);
                return false;
            }
            catch (SocketException)
            {
                return true;
            }
        },
        "the client is cut off",
        timeout: TimeSpan.FromMinutes(2));
}
