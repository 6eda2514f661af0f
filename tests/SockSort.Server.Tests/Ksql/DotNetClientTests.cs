using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SockSort.Server.Tests.Ksql;

/// <summary>
/// The habits of the .NET client <c>ksqlDB.RestApi.Client</c>: it reads statements' answers into records whose warnings are strings,
/// <c>/query-stream</c> over HTTP/2 without TLS, known beforehand, and <c>/query</c> line by line.
/// </summary>
public sealed class DotNetClientTests : IAsyncLifetime
{
    private const string Tweets =
        "CREATE STREAM tweets (id INT, message VARCHAR) WITH (KAFKA_TOPIC='tweets', VALUE_FORMAT='Json', PARTITIONS=1);";

    // It gives up on a line of /query after so long.
    private static readonly TimeSpan LineTimeout = TimeSpan.FromSeconds(15);

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("CREATE STREAM movies (id INT KEY, title VARCHAR) WITH (KAFKA_TOPIC='movies', VALUE_FORMAT='Json', PARTITIONS=1);")]
    [InlineData("CREATE STREAM absent (id INT KEY, title VARCHAR) WITH (KAFKA_TOPIC='absent', VALUE_FORMAT='Json');")]
    [InlineData("CREATE OR REPLACE STREAM s (v INT, w INT) WITH (KAFKA_TOPIC='s', VALUE_FORMAT='Json', PARTITIONS=1);")]
    [InlineData("CREATE STREAM o AS SELECT * FROM s;")]
    [InlineData("CREATE TABLE IF NOT EXISTS c AS SELECT v, COUNT(*) AS n FROM s GROUP BY v EMIT CHANGES;")]
    [InlineData("INSERT INTO s VALUES (1);")]
    [InlineData("CREATE TYPE address AS STRUCT<street VARCHAR, number INT>;")]
    [InlineData("DROP TYPE IF EXISTS unknown;")]
    [InlineData("DROP STREAM IF EXISTS unknown DELETE TOPIC;")]
    [InlineData("SHOW STREAMS EXTENDED;")]
    [InlineData("SHOW TABLES;")]
    [InlineData("SHOW TOPICS EXTENDED;")]
    [InlineData("SHOW ALL TOPICS;")]
    [InlineData("SHOW QUERIES;")]
    [InlineData("PAUSE ALL;")]
    [InlineData("TERMINATE ALL;")]
    public async Task An_answer_is_read_into_records_whose_warnings_are_strings(string statement)
    {
        await _server.KsqlAsync("CREATE STREAM s (v INT) WITH (KAFKA_TOPIC='s', VALUE_FORMAT='Json', PARTITIONS=1);");

        using var response = await _server.Client.PostAsJsonAsync("/ksql", new KsqlStatement(statement, []));
        var answers = await response.Content.ReadFromJsonAsync<StatementResponse[]>();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.All(answers!, answer => Assert.NotNull(answer.Type));
        Assert.All(answers!, answer => Assert.Empty(answer.Warnings ?? []));
    }

    [Fact]
    public async Task Query_stream_over_http2_gives_a_header_line_and_a_line_for_each_row()
    {
        await _server.KsqlAsync(Tweets);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/query-stream")
        {
            Content = new StringContent(
                """{"sql":"SELECT * FROM tweets EMIT CHANGES LIMIT 2;","properties":{"auto.offset.reset":"earliest"}}""",
                Encoding.UTF8,
                "application/vnd.ksqlapi.delimited.v1"),
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await _server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var header = JsonSerializer.Deserialize<QueryStreamHeader>((await lines.ReadLineAsync())!)!;
        await _server.KsqlAsync("INSERT INTO tweets VALUES (1, 'Hello'); INSERT INTO tweets VALUES (2, 'ksqlDB');");
        var rows = new List<string>();
        while (await lines.ReadLineAsync() is { } line)
            rows.Add(line);

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.NotEmpty(header.QueryId);
        Assert.Equal(["ID", "MESSAGE"], header.ColumnNames);
        Assert.Equal(["INTEGER", "STRING"], header.ColumnTypes);
        Assert.Equal(["""[1,"Hello"]""", """[2,"ksqlDB"]"""], rows);
    }

    [Fact]
    public async Task Query_is_read_line_by_line_and_never_waits_longer_than_the_client_does()
    {
        await _server.KsqlAsync(Tweets);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/query")
        {
            Content = new StringContent(
                """{"ksql":"SELECT * FROM tweets EMIT CHANGES LIMIT 2;","streamsProperties":{"auto.offset.reset":"earliest"}}""",
                Encoding.UTF8,
                "application/vnd.ksql.v1+json"),
        };

        using var response = await _server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var header = await LineAsync(lines);
        var idle = await LineAsync(lines);
        await _server.KsqlAsync("INSERT INTO tweets VALUES (1, 'Hello'); INSERT INTO tweets VALUES (2, 'ksqlDB');");
        var rows = new List<string>();
        while (await LineAsync(lines) is { } line)
        {
            if (line.Length > 0)
                rows.Add(line);
        }

        Assert.StartsWith("[{\"header\":{\"queryId\":\"transient_TWEETS_", header);
        Assert.Equal("", idle);
        Assert.Equal(
            [
                """{"row":{"columns":[1,"Hello"]}},""",
                """{"row":{"columns":[2,"ksqlDB"]}},""",
                """{"finalMessage":"Limit Reached"}]""",
            ],
            rows);
    }

    private static async Task<string?> LineAsync(StreamReader lines)
    {
        using var patience = new CancellationTokenSource(LineTimeout);
        return await lines.ReadLineAsync(patience.Token);
    }

    private sealed record KsqlStatement(
        [property: JsonPropertyName("ksql")] string Ksql,
        [property: JsonPropertyName("streamsProperties")] Dictionary<string, string> Properties);

    private sealed record StatementResponse(
        [property: JsonPropertyName("@type")] string Type,
        [property: JsonPropertyName("statementText")] string? StatementText,
        [property: JsonPropertyName("commandId")] string? CommandId,
        [property: JsonPropertyName("commandStatus")] CommandStatus? CommandStatus,
        [property: JsonPropertyName("commandSequenceNumber")] long? CommandSequenceNumber,
        [property: JsonPropertyName("warnings")] string[]? Warnings);

    private sealed record CommandStatus(
        [property: JsonPropertyName("status")] string Status,
        [property: JsonPropertyName("message")] string Message,
        [property: JsonPropertyName("queryId")] string? QueryId);

    private sealed record QueryStreamHeader(
        [property: JsonPropertyName("queryId")] string QueryId,
        [property: JsonPropertyName("columnNames")] string[] ColumnNames,
        [property: JsonPropertyName("columnTypes")] string[] ColumnTypes);
}
