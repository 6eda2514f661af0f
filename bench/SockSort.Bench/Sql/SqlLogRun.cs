using System.Diagnostics;
using System.Text;
using System.Text.Json;
using SockSort.Log;
using SockSort.Log.Opening;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;

namespace SockSort.Bench.Sql;

/// <summary>
/// The sock query over the embedded log: it reads records from disk and stores output topic, offsets and state, all in a folder of its own.
/// </summary>
public static class SqlLogRun
{
    private const int BatchSize = 5000;

    /// <exception cref="BenchException">The result is wrong.</exception>
    public static async Task<SqlJobRun> RunAsync(int records, long seed, int partitions, int threads, CancellationToken cancellation)
    {
        using var folder = new BenchFolder(Path.GetTempPath());
        await using var log = DataFolder.Open(folder.Path);
        log.EnsureTopic(SqlJob.SockTopic, partitions);
        Fill(records, seed, partitions, log);
        // Garbage from filling the log must not count against the query.
        GC.Collect();
        var run = await MeasureAsync(log, threads, cancellation);
        Check(records, seed, log, SqlJob.SockSink);
        return run;
    }

    /// <summary>Puts the records into the partitions in turns, as from so many cameras.</summary>
    private static void Fill(int records, long seed, int partitions, ILog log)
    {
        foreach (var batch in SqlJob.Input(records, seed).Chunk(BatchSize * partitions))
        {
            var parts = batch.Index().GroupBy(record => record.Index % partitions, record => record.Item);
            var appends = parts.Select(part => new TopicAppend(SqlJob.SockTopic, part.Key, [.. part]));
            _ = log.Commit(new LogCommit { Appends = [.. appends] });
        }
    }

    private static async Task<SqlJobRun> MeasureAsync(ILog log, int threads, CancellationToken cancellation)
    {
        await using var engine = new SqlEngine(log, new() { Clock = SqlClock.Stream, KeepsState = true, Threads = threads });
        var session = new SqlSession();
        session.SetProperty(EngineProperties.OffsetReset, "earliest");
        foreach (var statement in SqlParser.Parse(new("bench.sql", SqlJob.SockScript)))
            _ = await engine.ExecuteAsync(statement, session, cancellation);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var threadsBefore = ThreadTimes.Now();
        engine.RunUntilIdle();
        var seconds = clock.Elapsed.TotalSeconds;
        var spent = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        var written = log.PartitionsOf(SqlJob.SockSink).Sum(partition => partition.EndOffset);
        return new(seconds, spent, written, HeapBytes: 0, CountedBytes: 0) { ThreadSeconds = ThreadTimes.Since(threadsBefore) };
    }

    /// <summary>
    /// Checks that the newest count of each pair in the output topic is the formula's, and that all pairs above three exist.
    /// </summary>
    /// <param name="sink">The output topic.</param>
    internal static void Check(int records, long seed, ILog log, string sink)
    {
        var expected = SqlJob.CountByFormula(records, seed);
        var found = new Dictionary<(string Label, long Start), int>();
        var partitions = log.PartitionsOf(sink).SelectMany(part => log.Batches(sink, part.Partition, from: 0));
        foreach (var record in partitions.SelectMany(written => written))
            found[SqlJob.PairOf(record.Key!.Value.Span)] = CountIn(record.Value!.Value.Span);
        if (found.Count != expected.Count)
            throw new BenchException(
                $"{found.Count} pairs of label and window lie in the output topic, the formula gives {expected.Count}");
        if (found.FirstOrDefault(pair => expected.GetValueOrDefault(pair.Key) != pair.Value) is { Value: > 0 } wrong)
            throw new BenchException($"{wrong.Key.Label} was counted {wrong.Value} times in the window at {wrong.Key.Start}, the formula "
                + $"gives {expected.GetValueOrDefault(wrong.Key)}");
    }

    private static int CountIn(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("NUMBER_SEEN"u8) && reader.Read())
                return reader.GetInt32();
        }
        throw new BenchException($"an output record holds no count: {Encoding.UTF8.GetString(value)}");
    }
}
