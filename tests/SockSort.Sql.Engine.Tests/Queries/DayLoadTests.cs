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

[CollectionDefinition(nameof(DayLoadTests), DisableParallelization = true)]
public sealed class DayLoadCollection;

/// <summary>A camera's load in fast motion, ten days one after the other, with a day kept: neither memory nor files grow.</summary>
/// <remarks>
/// A day has 345 600 messages with <c>SOCKSORT_TESTS=all</c>, and 36 minutes with 8640 messages else. Alone, as it looks at the heap of the
/// process.
/// </remarks>
[Collection(nameof(DayLoadTests))]
public sealed class DayLoadTests(ITestOutputHelper output)
{
    private const int Days = 10;
    private const int BatchSize = 480;

    private static readonly bool All = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all";
    private static readonly TimeSpan Day = All ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(36);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);
    private static readonly int MessagesADay = (int)(Day / Step);
    private static readonly string[] Labels = ["Google", "Confluent", "Mongo", "Github", "Blank"];

    private static readonly string Script = $$"""
        SET 'auto.offset.reset' = 'earliest';
        CREATE STREAM socks (image STRING, probability DOUBLE)
          WITH (kafka_topic='socks', value_format='json', partitions=1, retention_ms={{Day.TotalMilliseconds}});
        CREATE TABLE smoothed AS SELECT image, COUNT(*) AS n, AVG(probability) AS mean FROM socks
          WINDOW TUMBLING (SIZE 5 SECONDS, RETENTION {{Day.TotalMinutes}} MINUTES, GRACE PERIOD {{Day.TotalMinutes / 2}} MINUTES)
          WHERE image <> 'Blank' GROUP BY image HAVING COUNT(*) > 3 EMIT CHANGES;
        CREATE TABLE shown AS SELECT image, COUNT(*) AS n FROM socks
          WINDOW SESSION (2 SECONDS, RETENTION {{Day.TotalMinutes}} MINUTES, GRACE PERIOD 1 MINUTES) GROUP BY image EMIT CHANGES;
        CREATE TABLE strong WITH (retention_ms={{Day.TotalMilliseconds}}) AS SELECT image, mean FROM smoothed WHERE mean > 50 EMIT CHANGES;
        CREATE TABLE totals AS SELECT image, COUNT(*) AS n FROM socks GROUP BY image HAVING COUNT(*) % 1000 = 0 EMIT CHANGES;
        """;

    private readonly FakeTimeProvider _clock = new(Start);

    [Fact]
    public async Task Ten_days_take_no_more_memory_and_disk_than_three()
    {
        using var folder = new TempFolder();
        await using var log = SqliteLog.Open(folder.Path, _clock);
        await using var engine = new SqlEngine(log, new() { KeepsState = true, Time = _clock });
        await RunAsync(engine, Script);
        var days = new List<DayEnd>();

        for (var day = 1; day <= Days; day++)
        {
            ReplayDay(day - 1, log, engine);
            await Eventually.TrueAsync(() => log.PartitionsOf("socks")[0].Records <= MessagesADay * 1.1, "only a day is left");
            days.Add(await EndOfDayAsync(folder, log, engine));
            output.WriteLine($"day {day}: {days[^1]}");
        }

        var (third, last) = (days[2], days.Skip(3).ToList());
        Assert.All(last, day => Assert.InRange(day.FileBytes, 1, third.FileBytes * 1.15));
        Assert.All(last, day => Assert.InRange(day.WalBytes, 0, 32 << 20));
        Assert.All(last, day => Assert.InRange(day.HeapBytes, 1, (third.HeapBytes * 1.15) + (2 << 20)));
        Assert.All(last, day => Assert.InRange(day.StateRows, 1, third.StateRows * 1.15));
        Assert.All(last, day => Assert.InRange(day.PulledRows, third.PulledRows * 0.85, third.PulledRows * 1.15));
        Assert.All(engine.Metrics().Values, query => Assert.Equal((0, 0, null), (query.Missed, query.Skipped, query.LastError)));
        Assert.Equal((Days * MessagesADay) - log.PartitionsOf("socks")[0].Records, log.PartitionsOf("socks")[0].FirstOffset);
    }

    private static async Task RunAsync(SqlEngine engine, string script)
    {
        var session = new SqlSession();
        foreach (var statement in SqlParser.Parse(new SourceText("day", script)))
            _ = await engine.ExecuteAsync(statement, session);
    }

    private void ReplayDay(int day, ILog log, SqlEngine engine)
    {
        var random = new Random(day);
        for (var first = 0; first < MessagesADay; first += BatchSize)
        {
            var begin = Start + (day * Day) + (first * Step);
            log.Append("socks", [.. Enumerable.Range(0, BatchSize).Select(i => Message(random, begin + (i * Step)))]);
            _clock.SetUtcNow(begin + (BatchSize * Step));
            engine.RunUntilIdle();
        }
    }

    /// <summary>A sock is held for a while, then nothing for a while.</summary>
    private static NewRecord Message(Random random, DateTimeOffset at)
    {
        var label = Labels[at.ToUnixTimeSeconds() / 10 % 2 == 0 ? random.Next(2) : Labels.Length - 1];
        return NewRecord.Of(
            at.ToUnixTimeMilliseconds(), null,
            Encoding.UTF8.GetBytes($$"""{"image":"{{label}}","probability":{{random.Next(160, 400) / 4.0}}}"""));
    }

    private async Task<DayEnd> EndOfDayAsync(TempFolder folder, ILog log, SqlEngine engine)
    {
        var pulled = (RowsResult)await engine.ExecuteAsync(
            SqlParser.Parse(new SourceText("pull", "SELECT * FROM strong;"))[0], new SqlSession());
        return new(new FileInfo(folder.File("log.db")).Length, new FileInfo(
            folder.File("log.db-wal")).Length, GC.GetTotalMemory(forceFullCollection: true),
            engine.Snapshot().Queries.Sum(query => log.States(query.Id).Count), pulled.Rows.Count, Environment.WorkingSet);
    }

    private sealed record DayEnd(long FileBytes, long WalBytes, long HeapBytes, int StateRows, int PulledRows, long WorkingSetBytes);
}
