using System.Text;
using Microsoft.Extensions.Time.Testing;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Sql.Engine.Tests.Queries;

public sealed class RetentionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly TempFolder _folder = new();
    private ILog _log = null!;
    private SqlEngine _engine = null!;

    public ValueTask InitializeAsync()
    {
        _log = SqliteLog.Open(_folder.Path, _clock);
        _engine = new(_log, new() { Clock = SqlClock.Stream, KeepsState = true, Time = _clock });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _log.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_topic_that_a_statement_makes_gets_the_retention_that_it_names()
    {
        await RunAsync("""
            CREATE STREAM a (id INT)
              WITH (kafka_topic='a', value_format='json', partitions=1, retention_ms='3600000', retention_bytes=5000000);
            CREATE STREAM b (id INT) WITH (kafka_topic='b', value_format='json', partitions=1, retention_ms=-1);
            CREATE TABLE c AS SELECT id, COUNT(*) AS n FROM a WINDOW TUMBLING (SIZE 5 SECONDS, RETENTION 2 DAYS) GROUP BY id;
            CREATE STREAM d WITH (retention_ms=60000) AS SELECT id FROM a;
            """);

        Assert.Equal(
            [
                ("C", TimeSpan.FromDays(2), null),
                ("D", TimeSpan.FromMinutes(1), null),
                ("a", TimeSpan.FromHours(1), 5_000_000L),
                ("b", null, null),
            ],
            _log.Topics().Select(topic => (topic.Name, topic.Retention.Time, topic.Retention.Bytes)));
    }

    [Theory]
    [InlineData("CREATE TABLE t (id INT PRIMARY KEY, n INT) WITH (kafka_topic='t', value_format='json', partitions=1, retention_ms=5);",
        "table 'T' has no windows: its topic holds the newest row of each key, and retention would lose keys")]
    [InlineData("CREATE STREAM t (id INT) WITH (kafka_topic='t', value_format='json', partitions=1, retention_ms='soon');",
        "RETENTION_MS: 'soon' is neither a whole number above 0 nor -1, which is no bound")]
    public async Task A_retention_that_cannot_be_is_refused(string statement, string problem)
    {
        var error = await Assert.ThrowsAsync<SqlException>(() => RunAsync(statement));

        Assert.Equal(problem, error.Problem);
        Assert.Empty(_log.Topics());
    }

    [Fact]
    public async Task A_query_that_comes_too_late_for_some_records_says_so_and_goes_on_with_the_oldest()
    {
        await RunAsync("""
            SET 'auto.offset.reset' = 'earliest';
            CREATE STREAM a (id INT) WITH (kafka_topic='a', value_format='json', partitions=1, retention_ms=3600000);
            CREATE STREAM b AS SELECT id FROM a;
            PAUSE CSAS_B_0;
            """);
        for (var i = 0; i < 6; i++)
        {
            Append(i);
            _clock.Advance(TimeSpan.FromMinutes(30));
        }
        await Eventually.TrueAsync(() => _log.FirstOffset("a") == 4, "what is older than an hour is gone");

        await RunAsync("RESUME CSAS_B_0;");
        _engine.RunUntilIdle();

        var metrics = _engine.Metrics()["CSAS_B_0"];
        Assert.Equal((4, 2), (metrics.Missed, metrics.Read));
        Assert.Equal("topic 'a': offsets 0 to 3 went by its retention before they were read; reading goes on at 4", metrics.LastError);
    }

    [Fact]
    public async Task A_query_that_begins_with_the_oldest_record_has_missed_nothing()
    {
        await RunAsync("CREATE STREAM a (id INT) WITH (kafka_topic='a', value_format='json', partitions=1, retention_ms=3600000);");
        Append(0);
        _clock.Advance(TimeSpan.FromHours(2));
        Append(1);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => _log.FirstOffset("a") == 1, "what is older than an hour is gone");

        await RunAsync("SET 'auto.offset.reset' = 'earliest'; CREATE STREAM b AS SELECT id FROM a;");
        _engine.RunUntilIdle();

        Assert.Equal((0, 1), (_engine.Metrics()["CSAS_B_0"].Missed, _engine.Metrics()["CSAS_B_0"].Read));
    }

    [Fact]
    public async Task Rows_of_windows_beyond_their_retention_are_forgotten_by_those_who_read_the_table()
    {
        await RunAsync("""
            SET 'auto.offset.reset' = 'earliest';
            CREATE STREAM a (id INT) WITH (kafka_topic='a', value_format='json', partitions=1);
            CREATE TABLE c AS SELECT id, COUNT(*) AS n FROM a
              WINDOW TUMBLING (SIZE 1 SECONDS, RETENTION 1 HOURS, GRACE PERIOD 10 SECONDS) GROUP BY id;
            CREATE TABLE d AS SELECT * FROM c;
            """);
        for (var hour = 0; hour < 8; hour++)
        {
            _log.Append(
                "a", [.. Enumerable.Range(0, 360).Select(i => Record(1, Start + TimeSpan.FromHours(hour) + TimeSpan.FromSeconds(10 * i)))]);
            _engine.RunUntilIdle();
        }

        var pulled = (RowsResult)await RunAsync("SELECT * FROM d;");

        Assert.InRange(pulled.Rows.Count, 360, 420);
        Assert.InRange(_engine.StateBytes()["CTAS_D_1"], 1, 420 * 250);
        Assert.InRange(_log.States("CTAS_D_1").Count, 360, 425);
        Assert.InRange(_log.States("CTAS_C_0").Count, 5, 12);
    }

    private async Task<StatementResult> RunAsync(string script)
    {
        var session = new SqlSession();
        StatementResult? last = null;
        foreach (var statement in SqlParser.Parse(new SourceText("test", script)))
            last = await _engine.ExecuteAsync(statement, session);
        return last!;
    }

    private void Append(int id) => _log.Append("a", [Record(id, _clock.GetUtcNow())]);

    private static NewRecord Record(int id, DateTimeOffset at) =>
        NewRecord.Of(at.ToUnixTimeMilliseconds(), null, Encoding.UTF8.GetBytes($$"""{"ID":{{id}}}"""));
}
