using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using SockSort.Server.Ksql;
using SockSort.Testing;

namespace SockSort.Server.Tests.Ksql;

/// <summary>Queries over a WebSocket; and pages of other sites, which may open one too.</summary>
public sealed class SocketTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(new KsqlServerOptions { MostPullRows = 1 });
        await _server.KsqlAsync("CREATE STREAM socks (id STRING KEY, n INT) WITH (kafka_topic='socks', value_format='json', partitions=1); "
            + "INSERT INTO socks (id, n) VALUES ('a', 1); INSERT INTO socks (id, n) VALUES ('b', 2);");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_push_query_sends_its_columns_and_a_message_for_each_row_and_closes_at_its_limit()
    {
        using var socket = await OpenAsync("SELECT id, n FROM socks EMIT CHANGES LIMIT 2;");

        var messages = await AllAsync(socket);

        Assert.Equal(
        [
            """[{"name":"ID","schema":{"type":"STRING","fields":null,"memberSchema":null,"parameters":null}},"""
                + """{"name":"N","schema":{"type":"INTEGER","fields":null,"memberSchema":null,"parameters":null}}]""",
            """{"row":{"columns":["a",1]}}""",
            """{"row":{"columns":["b",2]}}""",
        ], messages);
        Assert.Equal((WebSocketCloseStatus.NormalClosure, "done"), (socket.CloseStatus, socket.CloseStatusDescription));
    }

    [Fact]
    public async Task A_mistake_closes_it_with_the_reason()
    {
        using var socket = await OpenAsync("SELECT id FROM shoes EMIT CHANGES;");

        Assert.Empty(await AllAsync(socket));
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, socket.CloseStatus);
        Assert.StartsWith("statement:1:16: 'SHOES' does not exist", socket.CloseStatusDescription);
    }

    [Fact]
    public async Task More_rows_than_are_sent_are_refused_here_as_on_the_other_ways()
    {
        using var socket = await OpenAsync("SELECT id FROM socks;");

        var (status, text) = await _server.PostAsync("/query-stream", "{\"sql\": \"SELECT id FROM socks;\"}");

        Assert.Empty(await AllAsync(socket));
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, socket.CloseStatus);
        Assert.StartsWith("the query gives 2 rows, more than the 1 that the server sends", socket.CloseStatusDescription);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("the query gives 2 rows", text);
    }

    [Fact]
    public async Task A_client_that_closes_it_ends_its_query()
    {
        using var socket = await OpenAsync("SELECT id FROM socks EMIT CHANGES;");
        await Eventually.TrueAsync(() => _server.Engine.Snapshot().Queries.Count == 1, "the query runs");

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

        await Eventually.TrueAsync(() => _server.Engine.Snapshot().Queries.Count == 0, "the query is gone");
    }

    [Fact]
    public async Task A_client_that_does_not_even_read_the_reason_is_cut_off_and_its_place_is_free_again()
    {
        await using var server = await RunningServer.StartAsync(
            new KsqlServerOptions
            {
                MostPushQueries = 1,
                EndTimeout = TimeSpan.FromMilliseconds(100),
            }, patience: TimeSpan.FromMilliseconds(100));
        await server.AppendManyAsync("many", 40_000);

        using var slow = await OpenAsync("SELECT * FROM many EMIT CHANGES;", server);
        await Eventually.TrueAsync(() => server.Engine.SlowClientsEnded == 1, "the slow client's query is ended");
        await Eventually.TrueAsync(async () =>
        {
            var (status, _) = await server.PostAsync(
                "/query-stream",
                """{"sql": "SELECT * FROM many EMIT CHANGES LIMIT 1;", "properties": {"auto.offset.reset": "earliest"}}""");
            return status == HttpStatusCode.OK;
        }, "another's query runs");

        await Assert.ThrowsAsync<WebSocketException>(() => AllAsync(slow));
    }

    [Theory]
    [InlineData("http://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task A_page_of_another_site_may_not_ask(string? origin, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ksql")
        {
            Content = new StringContent("""{"ksql": "SHOW STREAMS;"}"""),
        };
        request.Headers.Add("Origin", origin ?? _server.Address.GetLeftPart(UriPartial.Authority));

        using var answer = await _server.Client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_name_bent_to_this_machine_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/info");
        request.Headers.Host = "elsewhere.example";

        using var answer = await _server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task<ClientWebSocket> OpenAsync(string sql, RunningServer? server = null)
    {
        var request = new JsonObject { ["ksql"] = sql, ["streamsProperties"] = new JsonObject { ["auto.offset.reset"] = "earliest" } };
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(
            new Uri($"ws://127.0.0.1:{(server ?? _server).Address.Port}/ws/query?request={Uri.EscapeDataString(request.ToJsonString())}"),
            CancellationToken.None);
        return socket;
    }

    private static async Task<List<string>> AllAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        var (messages, buffer) = (new List<string>(), new byte[4096]);
        while (await socket.ReceiveAsync(buffer.AsMemory(), patience.Token) is { MessageType: not WebSocketMessageType.Close } part)
            messages.Add(Encoding.UTF8.GetString(buffer, 0, part.Count));
        return messages;
    }
}
