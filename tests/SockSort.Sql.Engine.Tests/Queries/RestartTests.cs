using System.Text;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Sql.Engine.Tests.Queries;

/// <summary>An engine that is stopped and started again writes what an uninterrupted one writes, record for record.</summary>
public sealed class RestartTests
{
    private const string Sources = """
        SET 'auto.offset.reset' = 'earliest';
        CREATE STREAM s (id STRING KEY, a INT, b STRING) WITH (kafka_topic='s', value_format='json', partitions={0});
        CREATE STREAM r (id STRING KEY, c INT) WITH (kafka_topic='r', value_format='json', partitions={0});
        CREATE TABLE t (id STRING PRIMARY KEY, d INT, ref STRING) WITH (kafka_topic='t', value_format='json', partitions={0});
        CREATE TABLE u (id STRING PRIMARY KEY, e STRING) WITH (kafka_topic='u', value_format='json', partitions={0});
        """;

    public static TheoryData<string> Queries =>
    [
        "CREATE TABLE q AS SELECT id, COUNT(*) AS n, SUM(a) AS sum, AVG(a) AS mean, COLLECT_LIST(b) AS all_b, ATTR(b) AS only_b, "
            + "COUNT_DISTINCT(b) AS different, HISTOGRAM(b) AS often, TOPK(a, 2) AS two FROM s GROUP BY id;",
        "CREATE TABLE q AS SELECT id, COUNT(*) AS n, LATEST_BY_OFFSET(b) AS newest, MIN(a) AS least FROM s WINDOW TUMBLING (SIZE 5 "
            + "SECONDS, GRACE PERIOD 10 SECONDS) GROUP BY id HAVING COUNT(*) > 1;",
        "CREATE TABLE q AS SELECT ROWTIME AS moment, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 10 MINUTES) GROUP BY ROWTIME;",
        "CREATE TABLE q AS SELECT id, COUNT(*) AS n FROM s WINDOW HOPPING (SIZE 6 SECONDS, ADVANCE BY 2 SECONDS, GRACE PERIOD 3 SECONDS) "
            + "GROUP BY id EMIT FINAL;",
        "CREATE TABLE q AS SELECT id, COUNT(*) AS n, MAX(a) AS most FROM s WINDOW SESSION (2 SECONDS, GRACE PERIOD 5 SECONDS) GROUP BY id;",
        "CREATE TABLE q AS SELECT id, COUNT(*) AS n FROM s WINDOW SESSION (1 SECONDS, GRACE PERIOD 2 SECONDS) GROUP BY id EMIT FINAL;",
        "CREATE STREAM q AS SELECT s.id AS id, s.a AS a, r.c AS c FROM s LEFT JOIN r WITHIN 3 SECONDS GRACE PERIOD 4 "
            + "SECONDS ON s.id = r.id;",
        "CREATE STREAM q AS SELECT ROWKEY AS id, s.a AS a, r.c AS c FROM s FULL OUTER JOIN r WITHIN 3 SECONDS GRACE PERIOD 4 "
            + "SECONDS ON s.id = r.id;",
        "CREATE STREAM q AS SELECT s.id AS id, s.a AS a, t.d AS d FROM s LEFT JOIN t ON s.id = t.id;",
        "CREATE TABLE q AS SELECT ROWKEY AS id, t.d AS d, u.e AS e FROM t FULL OUTER JOIN u ON t.id = u.id;",
        "CREATE TABLE q AS SELECT t.id AS id, t.d AS d, u.e AS e FROM t LEFT JOIN u ON t.ref = u.id;",
        "CREATE TABLE q AS SELECT ref, COUNT(*) AS n, SUM(d) AS sum FROM t GROUP BY ref;",
        "CREATE STREAM q AS SELECT b, a + 1 AS a FROM s WHERE a > 3 PARTITION BY b;",
    ];

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Stopped_after_any_batch_it_goes_on_where_it_was(string query)
    {
        var records = Records(seed: 7, count: 400);

        var uninterrupted = await RunAsync(query, records, restarts: []);
        var interrupted = await RunAsync(query, records, restarts: [3, 50, 51, 120, 200, 333, 399]);

        Assert.NotEmpty(uninterrupted);
        Assert.Equal(uninterrupted, interrupted);
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task So_it_does_over_four_partitions(string query)
    {
        var records = Records(seed: 8, count: 200);

        var uninterrupted = await RunAsync(query, records, restarts: [], partitions: 4);
        var interrupted = await RunAsync(query, records, restarts: [3, 50, 51, 120, 199], partitions: 4);

        Assert.NotEmpty(uninterrupted);
        Assert.Equal(uninterrupted, interrupted);
    }

    [Fact]
    public async Task A_query_of_another_statement_under_the_same_id_is_rebuilt_and_says_so()
    {
        using var folder = new TempFolder();
        await using var log = SqliteLog.Open(folder.Path);
        await using (var first = await StartAsync(log, "CREATE TABLE q AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;"))
        {
            log.Append("s", [NewRecord.Of(0, "k"u8.ToArray(), """{"A":1}"""u8.ToArray())]);
            first.Engine.RunUntilIdle();
        }

        await using var second = await StartAsync(log, "CREATE TABLE q AS SELECT id, SUM(a) AS n FROM s GROUP BY id;");
        second.Engine.RunUntilIdle();

        Assert.Contains("belongs to another statement or another version of the program: it is rebuilt", Assert.Single(second.Notes));
        Assert.Equal(["k=>{\"N\":1}", "k=>{\"N\":1}"], Output(log));
    }

    [Fact]
    public async Task A_terminated_query_leaves_nothing_behind()
    {
        using var folder = new TempFolder();
        await using var log = SqliteLog.Open(folder.Path);
        await using var running = await StartAsync(log, "CREATE TABLE q AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;");
        log.Append("s", [NewRecord.Of(0, "k"u8.ToArray(), "{}"u8.ToArray())]);
        running.Engine.RunUntilIdle();
        Assert.NotEmpty(log.States("CTAS_Q_0"));

        await running.Engine.ExecuteAsync(SqlParser.Parse(new("test", "TERMINATE CTAS_Q_0;"))[0], new SqlSession());

        Assert.Empty(log.States("CTAS_Q_0"));
        Assert.Null(log.CommittedOffset("CTAS_Q_0", "s", 0));
    }

    private static async Task<List<string>> RunAsync(
        string query, List<(string Topic, NewRecord Record)> records, int[] restarts, int partitions = 1)
    {
        using var folder = new TempFolder();
        await using var log = SqliteLog.Open(folder.Path);
        var placer = new RecordPlacer(log);
        var running = await StartAsync(log, query, partitions);
        for (var i = 0; i < records.Count; i++)
        {
            _ = log.Commit(new LogCommit { Appends = placer.Place(records[i].Topic, [records[i].Record]) });
            running.Engine.RunUntilIdle();
            if (!restarts.Contains(i))
                continue;
            await running.DisposeAsync();
            running = await StartAsync(log, query, partitions);
            Assert.Empty(running.Notes);
        }
        await running.DisposeAsync();
        return Output(log);
    }

    private static async Task<Running> StartAsync(ILog log, string query, int partitions = 1)
    {
        var engine = new SqlEngine(log, new() { KeepsState = true, Clock = SqlClock.Stream });
        var session = new SqlSession();
        var notes = new List<string>();
        var sources = Sources.Replace("{0}", $"{partitions}", StringComparison.Ordinal);
        foreach (var statement in SqlParser.Parse(new SourceText("test", sources + query)))
        {
            if (await engine.ExecuteAsync(statement, session) is MessageResult { QueryId: not null } result)
                notes.AddRange(result.Notes);
        }
        return new Running(engine, notes);
    }

    private static List<string> Output(ILog log) => KeyedTopics.Records(log, "Q");

    private static List<(string Topic, NewRecord Record)> Records(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var topic = "srtu"[random.Next(4)].ToString();
            // Mostly forwards, at times late, at times a leap.
            var at = 1_000_000 + (i * 300L) - (random.Next(10) == 0 ? random.Next(9000) : 0);
            var value = topic is "t" or "u" && random.Next(5) == 0 ? null : Encoding.UTF8.GetBytes(
                $$"""{"A":{{random.Next(8)}},"B":"{{(char)('x' + random.Next(3))}}","C":{{random.Next(9)}},"D":{{random.Next(5)}},"""
                    + $$"""
                    "REF":"k{{random.Next(4)}}","E":"{{random.Next(6)}}"}
                    """);
            return (topic, NewRecord.Of(at, Encoding.UTF8.GetBytes($"k{random.Next(4)}"), value));
        })];
    }

    private sealed record Running(SqlEngine Engine, List<string> Notes) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Engine.DisposeAsync();
    }
}
