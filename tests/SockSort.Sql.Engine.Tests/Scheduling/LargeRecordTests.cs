using System.Text;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Sql.Engine.Tests.Scheduling;

/// <summary>A log takes records up to a size: what is beyond it stops no query.</summary>
public sealed class LargeRecordTests : IAsyncLifetime
{
    private const string Twice =
        "CREATE STREAM s (a STRING) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT "
            + "CONCAT(a, a) AS a FROM s;";

    private readonly TempFolder _folder = new();
    private ILog _log = null!;
    private SqlEngine _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _log = SqliteLog.Open(_folder.Path);
        _engine = new(_log, new() { KeepsState = true, Clock = SqlClock.Stream });
        foreach (var statement in SqlParser.Parse(new SourceText("test", Twice)))
            _ = await _engine.ExecuteAsync(statement, new SqlSession());
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _log.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void A_row_too_large_for_a_topic_is_left_out_counted_and_named_and_the_query_goes_on()
    {
        _log.Append("s", [Record($$"""{"a":"{{new string('x', Log.NewRecord.MostBytes / 2)}}"}"""), Record("""{"a":"y"}""")]);
        _engine.RunUntilIdle();

        Assert.Equal("""{"A":"yy"}""", Text(Assert.Single(_log.Read("Q", 0, 0, 10)).Value));
        var metrics = _engine.Metrics()["CSAS_Q_0"];
        Assert.Equal((1, 1), (metrics.Skipped, metrics.Written));
        Assert.Equal("a row was left out: it makes a record of 67108872 bytes, and topic 'Q' takes 67108864 at most", metrics.LastError);
        Assert.Null(_engine.Snapshot().Trouble);
    }

    [Fact]
    public void A_letter_too_large_for_a_topic_tells_without_the_record_where_it_lies()
    {
        _log.Append("s", [Record(new string('x', Log.NewRecord.MostBytes)), Record("""{"a":"y"}""")]);
        _engine.RunUntilIdle();

        Assert.Equal("""{"A":"yy"}""", Text(Assert.Single(_log.Read("Q", 0, 0, 10)).Value));
        var letter = Assert.Single(_log.Read("_socksort_dead_letters", 0, 0, 10));
        Assert.Null(letter.Value);
        Assert.Equal(
            [("topic", "s"), ("partition", "0"), ("offset", "0"), ("left.out", "key, value and headers: too large")],
            letter.Headers.Select(header => (header.Name["__connect.errors.".Length..], Text(header.Value)))
                .Where(header => !header.Item1.Contains("name") && !header.Item1.Contains("message")));
    }

    private static NewRecord Record(string value) => NewRecord.Of(0, null, Encoding.UTF8.GetBytes(value));

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);
}
