using System.Text;
using FsCheck.Xunit;
using SockSort.Log;

namespace SockSort.Sql.Engine.Tests.Queries;

/// <summary>A script gives the same over one partition and over four, whatever records come, and in whatever portions.</summary>
public sealed class PartitionProperties
{
    private const long StartMs = 1_000_000;

    private const string Sources = """
        CREATE STREAM s (id STRING KEY, a INT, b STRING) WITH (kafka_topic='s', value_format='json', partitions={0});
        CREATE STREAM r (id STRING KEY, c INT) WITH (kafka_topic='r', value_format='json', partitions={0});
        CREATE TABLE t (id STRING PRIMARY KEY, d INT, ref STRING) WITH (kafka_topic='t', value_format='json', partitions={0});
        CREATE TABLE u (id STRING PRIMARY KEY, e STRING) WITH (kafka_topic='u', value_format='json', partitions={0});

        """;

    private const string Windows = """
        CREATE TABLE tumbling AS SELECT id, COUNT(*) AS n, SUM(a) AS sum FROM s WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY id;
        CREATE TABLE hopping AS SELECT b, COUNT(*) AS n, MAX(a) AS most FROM s
          WINDOW HOPPING (SIZE 6 SECONDS, ADVANCE BY 2 SECONDS) GROUP BY b HAVING COUNT(*) > 1;
        CREATE TABLE sessions AS SELECT id, COUNT(*) AS n FROM s WINDOW SESSION (2 SECONDS) GROUP BY id;

        """;

    private const string Queries = """
        CREATE STREAM filtered AS SELECT id, a + 1 AS a, b FROM s WHERE a > 2;
        CREATE TABLE counts AS SELECT id, COUNT(*) AS n, SUM(a) AS sum FROM s GROUP BY id;
        CREATE TABLE by_value AS SELECT b, COUNT(*) AS n, COLLECT_LIST(a) AS all_a FROM s GROUP BY b;
        CREATE STREAM moved AS SELECT b, id AS was, a FROM s PARTITION BY b;
        CREATE TABLE of_moved AS SELECT b, LATEST_BY_OFFSET(was) AS newest, COUNT(*) AS n FROM moved GROUP BY b;
        CREATE TABLE of_table AS SELECT ref, COUNT(*) AS n, SUM(d) AS sum FROM t GROUP BY ref;
        CREATE TABLE closed AS SELECT b, COUNT(*) AS n FROM s
          WINDOW TUMBLING (SIZE 3 SECONDS, GRACE PERIOD 1 SECONDS) GROUP BY b EMIT FINAL;
        CREATE STREAM with_table AS SELECT s.id AS id, s.a AS a, t.d AS d FROM s LEFT JOIN t ON s.id = t.id;
        CREATE STREAM with_other_key AS SELECT t.id AS id, s.a AS a, t.d AS d FROM s JOIN t ON s.b = t.id;
        CREATE STREAM with_stream AS SELECT s.id AS id, s.a AS a, r.c AS c FROM s JOIN r WITHIN 3 SECONDS ON s.id = r.id;
        CREATE TABLE tables AS SELECT t.id AS id, t.d AS d, u.e AS e FROM t LEFT JOIN u ON t.id = u.id;
        CREATE TABLE foreign_key AS SELECT t.id AS id, t.d AS d, u.e AS e FROM t JOIN u ON t.ref = u.id;

        """;

    [Property(MaxTest = 40)]
    public async Task Each_key_has_the_same_rows_in_the_same_order(int seed)
    {
        var portions = Portions(new Random(seed), mostLateMs: 0);

        await using var one = await RunAsync(Sources + Windows + Queries, partitions: 1, portions);
        await using var four = await RunAsync(Sources + Windows + Queries, partitions: 4, portions);

        Assert.Equal(Written(one), Written(four));
        Assert.Contains(Sinks(four), topic => KeyedTopics.PartitionsOf(four.Topics, topic).Count > 1);
    }

    [Property(MaxTest = 40)]
    public async Task Late_records_are_counted_in_the_same_windows(int seed)
    {
        var portions = Portions(new Random(seed), mostLateMs: 20_000);

        await using var one = await RunAsync(Sources + Windows, partitions: 1, portions);
        await using var four = await RunAsync(Sources + Windows, partitions: 4, portions);

        Assert.Equal(Left(one), Left(four));
    }

    private static async Task<SqlHost> RunAsync(string script, int partitions, List<List<(string Topic, NewRecord Record)>> portions)
    {
        var host = await SqlHost.StartAsync(script.Replace("{0}", $"{partitions}", StringComparison.Ordinal));
        var placer = new RecordPlacer(host.Topics);
        foreach (var portion in portions)
        {
            foreach (var (topic, record) in portion)
                _ = host.Topics.Commit(new() { Appends = placer.Place(topic, [record]) });
            host.Engine.RunUntilIdle();
        }
        return host;
    }

    /// <summary>All that each key was given, topic by topic.</summary>
    private static IEnumerable<string> Written(SqlHost host) => Sinks(host).SelectMany(topic =>
        KeyedTopics.ValuesByKey(host.Topics, topic).Select(values => $"{topic} {values.Key}: {string.Join(' ', values.Value)}"));

    /// <summary>The rows that are left in the end, topic by topic.</summary>
    private static IEnumerable<string> Left(SqlHost host) => Sinks(host).SelectMany(topic =>
        KeyedTopics.Rows(host.Topics, topic).Select(row => $"{topic} {row}"));

    private static IEnumerable<string> Sinks(SqlHost host) =>
        host.Topics.Topics().Select(topic => topic.Name).Where(name => name.Length > 1);

    /// <summary>No two records have one timestamp: which of two goes first would be left to the partitions.</summary>
    private static List<List<(string Topic, NewRecord Record)>> Portions(Random random, int mostLateMs)
    {
        var portions = new List<List<(string, NewRecord)>> { new() };
        var (at, count) = (StartMs, random.Next(10, 200));
        for (var i = 0; i < count; i++)
        {
            at += random.Next(1, 900);
            if (random.Next(20) == 0)
                portions.Add([]);
            portions[^1].Add(Next(random, Math.Max(0, at - random.Next(mostLateMs + 1))));
        }
        return portions;
    }

    private static (string Topic, NewRecord Record) Next(Random random, long timestampMs)
    {
        var topic = "sssrtu"[random.Next(6)].ToString();
        var key = Encoding.UTF8.GetBytes($"k{random.Next(6)}");
        if (topic is "t" or "u" && random.Next(5) == 0)
            return (topic, NewRecord.Of(timestampMs, key, value: null));
        var value = $$"""{"A":{{Of(8)}},"B":"k{{Of(4)}}","C":{{Of(9)}},"D":{{Of(5)}},"REF":"k{{Of(6)}}","E":"{{Of(6)}}"}""";
        return (topic, NewRecord.Of(timestampMs, key, Encoding.UTF8.GetBytes(value)));

        int Of(int count) => random.Next(count);
    }
}
