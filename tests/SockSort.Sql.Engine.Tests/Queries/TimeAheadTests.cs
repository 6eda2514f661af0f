using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Sql.Engine.Tests.Queries;

/// <summary>The clock of what writes a topic, or this machine's, is wrong: windows close too early for all other records.</summary>
public sealed class TimeAheadTests : IAsyncDisposable
{
    private readonly RecordedLog _log = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryLog _topics = new();
    private readonly SqlEngine _engine;

    public TimeAheadTests() => _engine = new(_topics, new() { Clock = SqlClock.Wall, Time = _time, Loggers = _log });

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task The_record_that_is_ahead_is_named_with_what_to_do_and_how_many_came_too_late_for_it_once_a_minute()
    {
        await RunAsync("CREATE TABLE counts AS SELECT a, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY a;");

        Send(TimeSpan.Zero, TimeSpan.FromHours(25), TimeSpan.Zero);
        _engine.AdvanceTime();
        Send(TimeSpan.Zero);
        _engine.AdvanceTime();
        _time.Advance(TimeSpan.FromMinutes(1));
        _engine.AdvanceTime();

        var warned = _log.Of(5016);
        Assert.Equal([1L, 2L], warned.Select(logged => (long)logged.Fields["Late"]!));
        Assert.All(warned, logged => Assert.Equal(LogLevel.Warning, logged.Level));
        Assert.All(warned, logged => Assert.Equal(
            "topic 's', partition 0, offset 1: its time, 2026-05-02T13:00:00Z, is 1.01:00:00 (days.hours:minutes:seconds) ahead of this "
            + "machine's clock: windows close by it, and records with the true time then come too late and are left out ('late' counts "
            + "them); set the clock of what writes the topic, or this machine's",
            logged.Fields["Problem"]));
    }

    [Fact]
    public async Task A_time_that_a_column_holds_is_told_without_a_record()
    {
        await RunAsync("""
            CREATE STREAM t (a BIGINT) WITH (kafka_topic='s', value_format='json', partitions=1, timestamp='A');
            CREATE TABLE counts AS SELECT a, COUNT(*) AS n FROM t WINDOW SESSION (5 SECONDS) GROUP BY a;
            """);

        Append(Record(TimeSpan.Zero, long.MaxValue / 2));
        _engine.AdvanceTime();

        Assert.StartsWith(
            "topic 's': the newest time of its records, 9999-12-31T23:59:59Z, is ", (string)_log.Single(5016).Fields["Problem"]!,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT a, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY a", 60)]
    [InlineData("SELECT a, COUNT(*) AS n FROM s GROUP BY a", 6000)]
    public async Task Clocks_differ_a_little_and_where_there_are_no_windows_nothing_is_late(string query, int secondsAhead)
    {
        await RunAsync($"CREATE TABLE counts AS {query};");

        Send(TimeSpan.FromSeconds(secondsAhead));
        _engine.AdvanceTime();

        Assert.DoesNotContain(5016, _log.Ids);
    }

    private void Send(params TimeSpan[] ahead) => Append([.. ahead.Select(by => Record(by, value: 1))]);

    private void Append(params NewRecord[] records)
    {
        _ = _topics.Append("s", records);
        _engine.RunUntilIdle();
    }

    private NewRecord Record(TimeSpan ahead, long value) => NewRecord.Of(
        (_time.GetUtcNow() + ahead).ToUnixTimeMilliseconds(), null, Encoding.UTF8.GetBytes($$"""{"a": {{value}}}"""));

    private async Task RunAsync(string script)
    {
        foreach (var statement in SqlParser.Parse(new SourceText(
            "test", "CREATE STREAM s (a BIGINT) WITH (kafka_topic='s', value_format='json', partitions=1);" + script)))
            _ = await _engine.ExecuteAsync(statement, new SqlSession());
    }
}
