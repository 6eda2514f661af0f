using System.Text;
using SockSort.Log;
using SockSort.Sql.Engine;
using SockSort.Sql.Parsing;
using SockSort.Sql.Topics;
using SockSort.Testing;
using NewRecord = SockSort.Sql.Topics.NewRecord;

namespace SockSort.Sql.Tests.Durability;

/// <summary>A log takes records up to a size: what is beyond it stops no query.</summary>
public sealed class LargeRecordTests
{
    private const string Twice = "CREATE STREAM s (a STRING) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT CONCAT(a, a) AS a FROM s;";

    [Fact]
    public async Task A_row_too_large_for_a_topic_is_left_out_counted_and_named_and_the_query_goes_on()
    {
        using var folder = new TempFolder();
        await using var log = EventLog.Open(folder.Path);
        await using var topics = new LogTopics(log);
        await using var engine = await StartAsync(topics);

        topics.Append("s", 0, [Record($$"""{"a":"{{new string('x', Log.NewRecord.MostBytes / 2)}}"}"""), Record("""{"a":"y"}""")]);
        engine.RunUntilIdle();

        Assert.Equal("""{"A":"yy"}""", Text(Assert.Single(topics.Read("Q", 0, 0, 10)).Value));
        var metrics = engine.Metrics()["CSAS_Q_0"];
        Assert.Equal((1, 1), (metrics.Skipped, metrics.Written));
        Assert.Equal("a row was left out: it makes a record of 67108872 bytes, and topic 'Q' takes 67108864 at most", metrics.LastError);
        Assert.Null(engine.Snapshot().Trouble);
    }

    [Fact]
    public async Task A_letter_too_large_for_a_topic_tells_without_the_record_where_it_lies()
    {
        using var folder = new TempFolder();
        await using var log = EventLog.Open(folder.Path);
        await using var topics = new LogTopics(log);
        await using var engine = await StartAsync(topics);

        topics.Append("s", 0, [Record(new string('x', Log.NewRecord.MostBytes)), Record("""{"a":"y"}""")]);
        engine.RunUntilIdle();

        Assert.Equal("""{"A":"yy"}""", Text(Assert.Single(topics.Read("Q", 0, 0, 10)).Value));
        var letter = Assert.Single(topics.Read("_socksort_dead_letters", 0, 0, 10));
        Assert.Null(letter.Value);
        Assert.Equal(
            [("topic", "s"), ("partition", "0"), ("offset", "0"), ("left.out", "key, value and headers: too large")],
            letter.Headers.Select(header => (header.Name["__connect.errors.".Length..], Text(header.Value))).Where(header => !header.Item1.Contains("name") && !header.Item1.Contains("message")));
    }

    private static async Task<SqlEngine> StartAsync(LogTopics topics)
    {
        var engine = new SqlEngine(topics, new() { KeepsState = true, Clock = SqlClock.Stream });
        foreach (var statement in SqlParser.Parse(new SourceText("test", Twice)))
            _ = await engine.ExecuteAsync(statement, new SqlSession());
        return engine;
    }

    private static NewRecord Record(string value) => new(0, null, Encoding.UTF8.GetBytes(value), NewRecord.NoHeaders);

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);
}
