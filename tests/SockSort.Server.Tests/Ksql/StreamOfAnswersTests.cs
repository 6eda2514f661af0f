using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using SockSort.Log;

namespace SockSort.Server.Tests.Ksql;

/// <summary>Answers read as they come: line by line, as ksqlDB's clients do.</summary>
public sealed class StreamOfAnswersTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.KsqlAsync("""
            CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', value_format='json', partitions=1);
            CREATE TABLE t (k STRING PRIMARY KEY, v INT) WITH (kafka_topic='t', value_format='json', partitions=1);
            """);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_row_of_query_ends_with_its_separator_and_silence_is_told()
    {
        using var response = await OpenAsync("/query", new() { ["ksql"] = "SELECT v FROM s EMIT CHANGES;" });
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        var header = await lines.ReadLineAsync();
        var silence = await lines.ReadLineAsync();
        await _server.KsqlAsync("INSERT INTO s (v) VALUES (1);");
        var row = await lines.ReadLineAsync();
        while (row is "")
            row = await lines.ReadLineAsync();

        Assert.Matches("""^\[\{"header":\{"queryId":"transient_S_\d+","schema":"`V` INTEGER"\}\},$""", header);
        Assert.Equal("", silence);
        Assert.Equal("""{"row":{"columns":[1]}},""", row);
    }

    [Fact]
    public async Task The_header_of_a_pulled_table_marks_its_key_and_a_stream_ends_with_a_message()
    {
        await _server.KsqlAsync("INSERT INTO t VALUES ('a', 1);");

        var (_, table) = await _server.PostAsync("/query", """{"ksql": "SELECT * FROM t;"}""");
        var (_, stream) = await _server.PostAsync("/query", """{"ksql": "SELECT * FROM s;"}""");
        var (_, limited) = await _server.PostAsync("/query", """{"ksql": "SELECT * FROM s LIMIT 0;"}""");

        Assert.Contains("\"schema\":\"`K` STRING KEY, `V` INTEGER\"", table);
        Assert.Equal(2, JsonNode.Parse(table)!.AsArray().Count);
        Assert.Equal("Query Completed", (string)JsonNode.Parse(stream)!.AsArray()[^1]!["finalMessage"]!);
        Assert.Equal("Limit Reached", (string)JsonNode.Parse(limited)!.AsArray()[^1]!["finalMessage"]!);
    }

    [Fact]
    public async Task A_tombstone_of_a_windowed_table_shows_its_window()
    {
        await _server.KsqlAsync(
            "CREATE TABLE w (k STRING PRIMARY KEY, v INT) WITH (kafka_topic='w', value_format='json', partitions=1, "
                + "window_type='TUMBLING', window_size='1 SECONDS');");
        byte[] key = [.. "x"u8, 0, 0, 0, 0, 0, 0, 0, 0];
        _server.Log.Append("w", [NewRecord.Of(0, key, """{"V":1}"""u8.ToArray()), NewRecord.Of(1, key, null)]);

        var (_, text) = await _server.PostAsync(
            "/query",
            """{"ksql": "SELECT * FROM w EMIT CHANGES LIMIT 2;", "streamsProperties": {"auto.offset.reset": "earliest"}}""");

        var rows = JsonNode.Parse(text)!.AsArray();
        Assert.Equal("""["x",0,1000,1]""", rows[1]!["row"]!["columns"]!.ToJsonString());
        Assert.Equal("""{"columns":["x",0,1000,null],"tombstone":true}""", rows[2]!["row"]!.ToJsonString());
    }

    [Fact]
    public async Task Rows_of_a_pulled_table_come_by_key_and_limit_takes_the_first()
    {
        await _server.KsqlAsync("INSERT INTO t VALUES ('c', 1); INSERT INTO t VALUES ('a', 2); INSERT INTO t VALUES ('b', 3);");

        var (_, all) = await _server.PostAsync("/query-stream", """{"sql": "SELECT k FROM t;"}""");
        await _server.KsqlAsync("INSERT INTO t VALUES ('aa', 4); INSERT INTO t VALUES ('c', 5);");
        var (_, first) = await _server.PostAsync("/query-stream", """{"sql": "SELECT k FROM t LIMIT 3;"}""");
        var (_, named) = await _server.PostAsync("/query-stream", """{"sql": "SELECT k FROM t WHERE k IN ('c', 'a');"}""");

        Assert.EndsWith("[\"a\"]\n[\"b\"]\n[\"c\"]\n", all);
        Assert.EndsWith("}\n[\"a\"]\n[\"aa\"]\n[\"b\"]\n", first);
        Assert.EndsWith("}\n[\"a\"]\n[\"c\"]\n", named);
    }

    [Fact]
    public async Task Print_sends_its_head_before_there_is_a_record()
    {
        using var response = await OpenAsync("/query", new() { ["ksql"] = "PRINT s;" });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Warnings_stay_away_where_ksqldb_sends_none()
    {
        var made = await _server.KsqlAsync("CREATE STREAM fresh (v INT) WITH (kafka_topic='fresh', value_format='json', partitions=1);");

        Assert.Equal("[]", made[0]!["warnings"]!.ToJsonString());
    }

    [Fact]
    public async Task A_single_node_answers_what_nodes_and_balancers_ask()
    {
        var (heartbeat, alive) = await _server.PostAsync("/heartbeat", """{"hostInfo": {"host": "a", "port": 1}, "timestamp": 1}""");
        var (_, lag) = await _server.PostAsync("/lag", "{}");
        var live = await _server.Client.GetFromJsonAsync<JsonObject>("/chc/live");
        var ready = await _server.Client.GetFromJsonAsync<JsonObject>("/chc/ready");

        Assert.Equal(HttpStatusCode.OK, heartbeat);
        Assert.Equal(("""{"ok":true}""", """{"ok":true}"""), (alive, lag));
        Assert.Equal(("{}", "{}"), (live!.ToJsonString(), ready!.ToJsonString()));
    }

    private async Task<HttpResponseMessage> OpenAsync(string path, JsonObject body) => await _server.Client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        },
        HttpCompletionOption.ResponseHeadersRead);
}
