using System.Text;
using FsCheck.Xunit;
using SockSort.Log;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Sql.Engine.Tests.Queries;

/// <summary>What queries write does not depend on the number of threads: the same records in the same order in each partition.</summary>
public sealed class ThreadProperties
{
    private const long StartMs = 1_000_000;

    // Few records are to fill many batches: what is read ahead is a full one.
    private const int BatchSize = 7;

    private const string Script = """
        CREATE STREAM s (id STRING KEY, a INT, b STRING) WITH (kafka_topic='s', value_format='json', partitions=4);
        CREATE STREAM r (id STRING KEY, c INT) WITH (kafka_topic='r', value_format='json', partitions=4);
        CREATE TABLE t (id STRING PRIMARY KEY, d INT, ref STRING) WITH (kafka_topic='t', value_format='json', partitions=4);
        CREATE TABLE u (id STRING PRIMARY KEY, e STRING) WITH (kafka_topic='u', value_format='json', partitions=4);
        CREATE STREAM timed (id STRING KEY, a BIGINT, told BIGINT)
          WITH (kafka_topic='s', value_format='json', timestamp='told');

        CREATE STREAM filtered AS SELECT id, a + 1 AS a, b, ROWPARTITION AS p, ROWOFFSET AS o FROM s WHERE a > 2 AND b LIKE '%k%';
        CREATE STREAM failing AS SELECT id, a FROM s WHERE 6 / a > 1;
        CREATE STREAM of_time AS SELECT id, a, ROWTIME AS moment FROM timed WHERE a <> 3;
        CREATE TABLE tumbling AS SELECT id, COUNT(*) AS n, SUM(a) AS sum, AVG(a) AS mean FROM s
          WINDOW TUMBLING (SIZE 5 SECONDS) WHERE a <> 4 GROUP BY id;
        CREATE TABLE hopping AS SELECT b, COUNT(*) AS n, MAX(a) AS most, COLLECT_LIST(a) AS all_a FROM s
          WINDOW HOPPING (SIZE 6 SECONDS, ADVANCE BY 2 SECONDS, GRACE PERIOD 3 SECONDS) GROUP BY b HAVING COUNT(*) > 1;
        CREATE TABLE sessions AS SELECT id, COUNT(*) AS n, EARLIEST_BY_OFFSET(a) AS first FROM s WINDOW SESSION (2 SECONDS) GROUP BY id;
        CREATE TABLE closed AS SELECT b, COUNT(*) AS n FROM s
          WINDOW TUMBLING (SIZE 3 SECONDS, GRACE PERIOD 1 SECONDS) GROUP BY b EMIT FINAL;
        CREATE TABLE counts AS SELECT id, COUNT(*) AS n, COUNT_DISTINCT(b) AS labels FROM s GROUP BY id;
        CREATE STREAM moved AS SELECT b, id AS was, a FROM s WHERE a >= 0 PARTITION BY b;
        CREATE TABLE of_moved AS SELECT b, LATEST_BY_OFFSET(was) AS newest, COUNT(*) AS n FROM moved WHERE a > 0 GROUP BY b;
        CREATE TABLE of_table AS SELECT ref, COUNT(*) AS n, SUM(d) AS sum FROM t GROUP BY ref;
        CREATE STREAM with_table AS SELECT s.id AS id, s.a AS a, t.d AS d FROM s LEFT JOIN t ON s.id = t.id WHERE s.a > 1;
        CREATE STREAM with_stream AS SELECT s.id AS id, s.a AS a, r.c AS c FROM s JOIN r WITHIN 3 SECONDS ON s.id = r.id;
        CREATE STREAM moved_with_table AS SELECT m.b AS b, m.a AS a, t.d AS d FROM moved m JOIN t ON m.b = t.id;
        CREATE TABLE tables AS SELECT t.id AS id, t.d AS d, u.e AS e FROM t LEFT JOIN u ON t.id = u.id;
        CREATE TABLE foreign_key AS SELECT t.id AS id, t.d AS d, u.e AS e FROM t JOIN u ON t.ref = u.id;
        INSERT INTO filtered SELECT id, c AS a, 'of r' AS b, 0 AS p, CAST(0 AS BIGINT) AS o FROM r WHERE c < 5;
        """;

    [Property(MaxTest = 60)]
    public async Task Topics_are_equal_record_by_record(int seed)
    {
        var portions = Portions(new Random(seed));

        await using var one = await RunAsync(threads: 1, portions);
        await using var three = await RunAsync(threads: 3, portions);

        Assert.Equal(Written(one), Written(three));
        Assert.Equal(Accounts(one), Accounts(three));
    }

    [Property(MaxTest = 20)]
    public async Task A_query_that_is_paused_and_one_that_comes_and_goes_find_the_same(int seed)
    {
        var portions = Portions(new Random(seed));

        await using var one = await RunAsync(threads: 1, portions, isDisturbed: true);
        await using var two = await RunAsync(threads: 2, portions, isDisturbed: true);

        Assert.Equal(Written(one), Written(two));
        Assert.Equal(Accounts(one), Accounts(two));
    }

    private static async Task<SqlHost> RunAsync(
        int threads, List<List<(string Topic, NewRecord Record)>> portions, bool isDisturbed = false)
    {
        var options = new SqlEngineOptions { Clock = SqlClock.Stream, KeepsState = true, Threads = threads, BatchSize = BatchSize };
        var host = await SqlHost.StartAsync(Script, options);
        foreach (var (number, portion) in portions.Index())
        {
            if (isDisturbed)
                await host.RunAsync(Disturbance(number, host));
            foreach (var (topic, record) in portion)
                _ = host.Topics.Append(topic, [record], record.Key is { } key ? KeyPartition.Of(key.Span, 4) : 0);
            host.Engine.RunUntilIdle();
        }
        return host;
    }

    private static string Disturbance(int number, SqlHost host)
    {
        var id = host.Engine.Metrics().Keys.First(id => id.StartsWith("CTAS_HOPPING", StringComparison.Ordinal));
        var replaced = $"SELECT id, a + 2 AS a, b, ROWPARTITION AS p, ROWOFFSET AS o FROM s WHERE a > {number % 5};";
        return (number % 4) switch
        {
            0 => $"PAUSE {id}; CREATE STREAM guest{number} AS SELECT id, a FROM s WHERE a > 3;",
            1 => $"RESUME {id};",
            2 => $"CREATE OR REPLACE STREAM filtered AS {replaced}",
            _ => $"DROP STREAM guest{number - 3};",
        };
    }

    /// <summary>All topics that queries write, with time, key and value of each record.</summary>
    private static IEnumerable<string> Written(SqlHost host) =>
        from topic in host.Topics.Topics()
        where topic.Name.Length > 1
        from partition in Enumerable.Range(0, topic.Partitions)
        from record in host.Topics.Read(topic.Name, partition, 0, int.MaxValue)
        select $"{topic.Name} {partition} {record.TimestampMs} {Text(record.Key)}=>{Text(record.Value)}";

    /// <summary>What each query has counted, and the newest error.</summary>
    private static IEnumerable<string> Accounts(SqlHost host) => host.Engine.Metrics()
        .Select(query => $"{query.Key} {query.Value.Read} {query.Value.Written} {query.Value.Skipped} {query.Value.Late} "
            + $"{query.Value.LastError} {query.Value.Expressions.Count} {query.Value.Expressions.Last}");

    private static List<List<(string Topic, NewRecord Record)>> Portions(Random random)
    {
        var portions = new List<List<(string, NewRecord)>> { new() };
        var (at, count) = (StartMs, random.Next(50, 800));
        for (var i = 0; i < count; i++)
        {
            // Some have one time, some come late.
            at += random.Next(0, 300);
            if (random.Next(150) == 0)
                portions.Add([]);
            portions[^1].Add(Next(random, at - (random.Next(8) == 0 ? random.Next(20_000) : 0)));
        }
        return portions;
    }

    private static (string Topic, NewRecord Record) Next(Random random, long timestampMs)
    {
        var topic = "sssssrtu"[random.Next(8)].ToString();
        var key = Encoding.UTF8.GetBytes($"k{random.Next(9)}");
        var kind = random.Next(20);
        if (kind == 0)
            return (topic, NewRecord.Of(timestampMs, key, value: null));
        if (kind == 1)
            return (topic, NewRecord.Of(timestampMs, topic is "t" ? key : null, "no json"u8.ToArray()));
        var told = timestampMs + Of(3) - 1;
        var numbers = $$""" "A":{{Of(8)}},"C":{{Of(9)}},"D":{{Of(5)}},"TOLD":{{told}} """;
        var value = $$"""{{{numbers}},"B":"{{"kx"[Of(2)]}}{{Of(4)}}","REF":"k{{Of(6)}}","E":"{{Of(6)}}"}""";
        return (topic, NewRecord.Of(timestampMs, key, Encoding.UTF8.GetBytes(value)));

        int Of(int most) => random.Next(most);
    }

    private static string Text(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? Encoding.Latin1.GetString(some.Span) : "null";
}
