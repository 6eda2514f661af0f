using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SockSort.Server.Ksql;
using SockSort.Testing;

namespace SockSort.Server.Tests.Ksql;

public sealed class QueryTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.KsqlAsync("""
            CREATE STREAM socks (id STRING KEY, image STRING, probability DOUBLE)
              WITH (kafka_topic='socks', value_format='json', partitions=1);
            CREATE TABLE newest (id STRING PRIMARY KEY, image STRING) WITH (kafka_topic='newest', value_format='json', partitions=1);
            INSERT INTO socks (id, image, probability) VALUES ('a', 'Google', 97.5);
            INSERT INTO socks (id, image, probability) VALUES ('b', 'Mongo', 64.0);
            INSERT INTO newest (id, image) VALUES ('a', 'Google');
            """);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static TheoryData<string> Versions => ["1.1", "2.0"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_push_query_streams_a_header_and_a_line_for_each_row_until_its_limit(string version)
    {
        var (status, text) = await _server.PostAsync("/query-stream",
            """{"sql": "SELECT id, probability FROM socks EMIT CHANGES LIMIT 2;", "properties": {"auto.offset.reset": "earliest"}}""",
            Version.Parse(version));

        var lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Matches(
            """^\{"queryId":"transient_SOCKS_\d+","columnNames":\["ID","PROBABILITY"\],"columnTypes":\["STRING","DOUBLE"\]\}$""", lines[0]);
        Assert.Equal(["""["a",97.5]""", """["b",64.0]"""], lines[1..]);
    }

    [Fact]
    public async Task The_older_form_is_one_array_with_header_rows_and_a_final_message()
    {
        var (status, text) = await _server.PostAsync("/query",
            """
            {"ksql": "SELECT id FROM socks EMIT CHANGES LIMIT 2;", "streamsProperties": {"ksql.streams.auto.offset.reset": "earliest"}}
            """);

        var rows = JsonNode.Parse(text)!.AsArray();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("`ID` STRING", (string)rows[0]!["header"]!["schema"]!);
        Assert.Equal(["a", "b"], rows.Skip(1).Take(2).Select(row => (string)row!["row"]!["columns"]![0]!));
        Assert.Equal("Limit Reached", (string)rows[3]!["finalMessage"]!);
    }

    [Fact]
    public async Task A_pull_query_gives_its_rows_and_ends()
    {
        var (_, lines) = await _server.PostAsync("/query-stream", """{"sql": "SELECT * FROM newest WHERE id = 'a';"}""");
        var (_, array) = await _server.PostAsync(
            "/query-stream", """{"sql": "SELECT * FROM newest WHERE id = 'a';"}""", accept: "application/json");

        Assert.Matches(
            """^\{"queryId":"query_\d+","columnNames":\["ID","IMAGE"\],"columnTypes":\["STRING","STRING"\]\}\n\["a","Google"\]\n$""",
            lines);
        Assert.Equal("""["a","Google"]""", JsonNode.Parse(array)!.AsArray()[1]!.ToJsonString());
    }

    [Fact]
    public async Task A_mistake_is_an_error_before_anything_is_streamed()
    {
        var (status, text) = await _server.PostAsync("/query-stream", """{"sql": "SELECT * FROM shoes EMIT CHANGES;"}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("SHOES", (string)JsonNode.Parse(text)!["message"]!);
    }

    [Fact]
    public async Task A_closed_query_ends_its_clients_stream()
    {
        using var response = await OpenAsync("SELECT * FROM socks EMIT CHANGES;");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var id = (string)JsonNode.Parse((await lines.ReadLineAsync())!)!["queryId"]!;

        var (closed, _) = await _server.PostAsync("/close-query", new JsonObject { ["queryId"] = id }.ToJsonString());
        var rest = await lines.ReadToEndAsync();
        var (again, _) = await _server.PostAsync("/close-query", new JsonObject { ["queryId"] = id }.ToJsonString());

        Assert.Equal((200, 400), ((int)closed, (int)again));
        Assert.Equal("", rest);
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_ends_its_query()
    {
        var response = await OpenAsync("SELECT * FROM socks EMIT CHANGES;");
        Assert.Single(_server.Engine.Snapshot().Queries);

        response.Dispose();

        await Eventually.TrueAsync(() => _server.Engine.Snapshot().Queries.Count == 0, "the query is gone");
    }

    [Fact]
    public async Task A_client_that_makes_no_room_is_told_so_and_counted_and_delays_nobody()
    {
        await using var server = await RunningServer.StartAsync(patience: TimeSpan.FromMilliseconds(200));
        await server.AppendManyAsync("many", 40_000);
        using var slow = await OpenAsync(server, "SELECT * FROM many EMIT CHANGES;", earliest: true);

        using var quick = await OpenAsync(server, "SELECT * FROM many EMIT CHANGES;", earliest: false);
        await server.KsqlAsync("INSERT INTO many (a) VALUES ('newest');");
        using var lines = new StreamReader(await quick.Content.ReadAsStreamAsync());
        await lines.ReadLineAsync();
        var pushed = await lines.ReadLineAsync();
        await Eventually.TrueAsync(() => server.Engine.SlowClientsEnded == 1, "the slow client is ended");
        var told = (await slow.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n')[^1];
        var metrics = await server.Client.GetStringAsync("/metrics");

        Assert.Equal("[\"newest\"]", pushed);
        Assert.Equal(50000, (int)JsonNode.Parse(told)!["error_code"]!);
        Assert.Contains("its client has made no room for", (string)JsonNode.Parse(told)!["message"]!);
        Assert.Matches(@"socksort_push_slow_clients_total(\{[^}]*\})? 1\n", metrics);
    }

    [Fact]
    public async Task A_pull_querys_answer_is_counted_until_it_is_sent_and_a_client_that_does_not_read_is_cut_off()
    {
        await using var server = await RunningServer.StartAsync(new KsqlServerOptions { SendTimeout = TimeSpan.FromSeconds(2) });
        await server.AppendManyAsync("many", 40_000);

        using var slow = await OpenAsync(server, "SELECT * FROM many;", earliest: true);
        var held = server.Engine.PullBytes;
        await Eventually.TrueAsync(() => server.Engine.PullBytes == 0, "the answer is let go");

        Assert.InRange(held, 40_000_000, 100_000_000);
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(slow.Content.ReadAsStringAsync);
    }

    [Fact]
    public async Task Rows_that_arrive_later_are_pushed_at_once()
    {
        using var response = await OpenAsync("SELECT image FROM socks EMIT CHANGES;");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        await lines.ReadLineAsync();

        await _server.KsqlAsync("INSERT INTO socks (id, image) VALUES ('c', 'Github');");

        Assert.Equal("""["Github"]""", await lines.ReadLineAsync());
    }

    [Fact]
    public async Task More_push_queries_than_allowed_are_refused()
    {
        await using var server = await RunningServer.StartAsync(new KsqlServerOptions { MostPushQueries = 0 });
        await server.KsqlAsync("CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1);");

        var (status, text) = await server.PostAsync("/query-stream", """{"sql": "SELECT * FROM s EMIT CHANGES;"}""");

        Assert.Equal(400, (int)status);
        Assert.Equal(40003, (int)JsonNode.Parse(text)!["error_code"]!);
        Assert.Empty(server.Engine.Snapshot().Queries);
    }

    [Fact]
    public async Task Inserted_rows_are_answered_one_by_one_and_a_bad_one_stops_nothing()
    {
        var body = """
            {"target": "socks"}
            {"id": "x", "image": "Github", "probability": 12.5}
            {"id": "y", "imgae": "Github"}
            {"ID": "z", "PROBABILITY": 1}
            """;

        var (status, text) = await _server.PostAsync("/inserts-stream", body);
        var (_, rows) = await _server.PostAsync(
            "/query-stream",
            """
            {"sql": "SELECT id, image, probability FROM socks EMIT CHANGES LIMIT 4;", "properties": {"auto.offset.reset": "earliest"}}
            """);

        var answers = text.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([("ok", 0), ("error", 1), ("ok", 2)], answers.Select(answer => ((string)answer["status"]!, (int)answer["seq"]!)));
        Assert.Contains("field 'imgae': SOCKS has no such column", (string)answers[1]["message"]!);
        Assert.EndsWith("[\"x\",\"Github\",12.5]\n[\"z\",null,1.0]\n", rows);
    }

    private Task<HttpResponseMessage> OpenAsync(string sql) => OpenAsync(_server, sql, earliest: false);

    private static async Task<HttpResponseMessage> OpenAsync(RunningServer server, string sql, bool earliest)
    {
        var properties = new JsonObject { ["auto.offset.reset"] = earliest ? "earliest" : "latest" };
        var request = new HttpRequestMessage(HttpMethod.Post, "/query-stream")
        {
            Content = new StringContent(
                new JsonObject { ["sql"] = sql, ["properties"] = properties }.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/vnd.ksqlapi.delimited.v1");
        return await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
