using System.Text;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Engine.Scheduling;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Tests.Scheduling;

/// <summary>A query that has much to read does not delay those that have little.</summary>
public sealed class FairnessTests
{
    [Fact]
    public async Task A_query_that_begins_at_the_topic_s_beginning_lets_those_at_its_end_go_first()
    {
        var (topics, seen) = (new MemoryLog(), new Seen());
        await using var engine = new SqlEngine(topics, new() { Clock = SqlClock.Stream, Observer = seen });
        await RunAsync(engine, "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1);");
        topics.Append("s", [.. Enumerable.Range(0, 20_000).Select(Record)]);
        await RunAsync(
            engine,
            "CREATE STREAM at_the_end AS SELECT a FROM s; SET 'auto.offset.reset'='earliest'; CREATE STREAM "
                + "from_the_beginning AS SELECT a FROM s;");

        topics.Append("s", [Record(20_000)]);
        engine.RunUntilIdle();

        var first = seen.Places.FindIndex(place => place.Query == "CSAS_AT_THE_END_0");
        Assert.InRange(seen.Places.Take(first).Count(), 0, 2000);
        Assert.Equal(20_001, topics.EndOffset("FROM_THE_BEGINNING", 0));
        Assert.Equal(1, topics.EndOffset("AT_THE_END", 0));
    }

    [Fact]
    public void Items_are_together_where_they_share_a_tie_directly_or_by_way_of_others()
    {
        string[] items = ["ab", "c", "de", "bd", "f"];

        var groups = Connected.Groups(items, item => item.Select(object (letter) => letter));

        Assert.Equal(["c", "ab bd de", "f"], groups.Select(group => string.Join(' ', group.Order(StringComparer.Ordinal))));
    }

    private static NewRecord Record(int i) => NewRecord.Of(i, null, Encoding.UTF8.GetBytes($$"""{"a":{{i}}}"""));

    private static async Task RunAsync(SqlEngine engine, string script)
    {
        var session = new SqlSession();
        foreach (var statement in SqlParser.Parse(new SourceText("test", script)))
            _ = await engine.ExecuteAsync(statement, session);
    }

    private sealed class Seen : IEngineObserver
    {
        public List<(string Query, long Offset)> Places { get; } = [];

        public void Processed(string queryId, string topic, int partition, long offset) => Places.Add((queryId, offset));

        public void Written(string queryId, long rows)
        {
        }
    }
}
