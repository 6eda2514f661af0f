using System.Text;
using System.Text.Json.Nodes;

namespace SockSort.Server.Tests.Ksql;

/// <summary>Rows of <c>/inserts-stream</c>: what is taken, as what it is stored, and what is refused.</summary>
public sealed class InsertStreamTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.KsqlAsync("""
            CREATE STREAM s (i INT, b BIGINT, d DECIMAL(6, 2), x DOUBLE, f BOOLEAN, t STRING, y BYTES, a DATE, c TIME, m TIMESTAMP,
              l ARRAY<DATE>, k MAP<STRING, BIGINT>, r STRUCT<u INT, `v` DATE>, `low` INT)
              WITH (kafka_topic='s', value_format='json', partitions=1);
            """);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("""{"i": -2147483648, "b": 3000000000, "x": 5}""", """{"I":-2147483648,"B":3000000000,"X":5.0}""")]
    [InlineData("""{"d": 12.30}""", """{"D":12.30}""")]
    [InlineData("""{"d": "12.3"}""", """{"D":12.30}""")]
    [InlineData("""{"a": "2024-02-29", "c": "09:30", "m": "2024-02-29T09:30:00.5"}""", """{"A":19782,"C":34200000,"M":1709199000500}""")]
    [InlineData("""{"y": "AAEC", "f": true, "t": "x"}""", """{"F":true,"T":"x","Y":"AAEC"}""")]
    [InlineData("""{"l": ["1970-01-02", null], "k": {"A": 1}}""", """{"L":[1,null],"K":{"A":1}}""")]
    [InlineData("""{"r": {"U": 1, "`v`": "1970-01-03", "other": 2}}""", """{"R":{"U":1,"v":2}}""")]
    [InlineData("""{"`low`": 1, "`T`": "x", "\"I\"": 2}""", """{"I":2,"T":"x","low":1}""")]
    public async Task A_row_is_stored_as_it_was_sent(string row, string stored)
    {
        var (_, answer) = await _server.PostAsync("/inserts-stream", $$"""{"target": "s"}{{"\n"}}{{row}}{{"\n"}}""");

        Assert.Equal("""{"status":"ok","seq":0}""", answer.TrimEnd());
        var record = JsonNode.Parse(Encoding.UTF8.GetString(_server.Log.Read("s", 0, 0)[0].Value!.Value.Span))!.AsObject();
        var given = record.Where(field => field.Value is not null).Select(field => $"\"{field.Key}\":{field.Value!.ToJsonString()}");
        Assert.Equal(stored, $"{{{string.Join(",", given)}}}");
    }

    [Theory]
    [InlineData("""{"i": 3000000000}""", "field 'i' of type INTEGER: 3000000000 is no INTEGER")]
    [InlineData("""{"i": 1.0}""", "field 'i' of type INTEGER: 1.0 is no INTEGER")]
    [InlineData("""{"i": "1"}""", "field 'i' of type INTEGER: \"1\" is no INTEGER")]
    [InlineData("""{"b": 10000000000000000000}""", "field 'b' of type BIGINT: 10000000000000000000 is no BIGINT")]
    [InlineData("""{"d": 12.345}""", "field 'd' of type DECIMAL(6, 2): 12.345 does not fit into DECIMAL(6, 2) without loss")]
    [InlineData("""{"x": 1e999}""", "field 'x' of type DOUBLE: 1e999 is no DOUBLE")]
    [InlineData("""{"t": 7}""", "field 't' of type STRING: 7 is no STRING")]
    [InlineData("""{"a": 19782}""", "field 'a' of type DATE: 19782 is no DATE")]
    [InlineData("""{"m": "never"}""", "field 'm' of type TIMESTAMP: 'never' is no DATE: write yyyy-MM-dd")]
    [InlineData("""{"y": "!"}""", "field 'y' of type BYTES: '!' is no BYTES: write them in base64")]
    [InlineData("""{"r": [1]}""", "field 'r' of type STRUCT<`U` INTEGER, `v` DATE>: [1] is no STRUCT<`U` INTEGER, `v` DATE>")]
    [InlineData("""{"lw": 1}""", "field 'lw': S has no such column, it has I, B, D, X, F, T, Y, A, C, M, L, K, R, low")]
    [InlineData("""{"i": 1, "`I`": 2}""", "field '`I`': column I is given twice")]
    public async Task A_value_that_does_not_fit_is_refused_with_field_type_and_value(string row, string message)
    {
        var (_, answer) = await _server.PostAsync("/inserts-stream", $$"""{"target": "s"}{{"\n"}}{{row}}{{"\n"}}""");

        Assert.Equal(message, (string)JsonNode.Parse(answer)!["message"]!);
        Assert.Equal(0, _server.Log.EndOffset("s"));
    }

    [Fact]
    public async Task Over_http2_each_answer_is_a_frame_of_its_own()
    {
        var rows = string.Concat(Enumerable.Range(0, 50).Select(i => $$"""{"i": {{i}}}{{"\n"}}"""));

        var frames = await Http2Frames.PostAsync(_server.Address, "/inserts-stream", "{\"target\": \"s\"}\n" + rows);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $$"""{"status":"ok","seq":{{i}}}{{"\n"}}"""), frames);
    }
}
