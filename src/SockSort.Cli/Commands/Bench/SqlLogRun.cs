using System.Diagnostics;
using System.Text;
using System.Text.Json;
using SockSort.Cli.Commands.Bench.Server;
using SockSort.Sql.Engine;
using SockSort.Sql.Parsing;
using SockSort.Sql.Topics;
using EventLog = SockSort.Log.EventLog;
using NewRecord = SockSort.Sql.Topics.NewRecord;

namespace SockSort.Cli.Commands.Bench;

/// <summary>The sock query over the embedded log: records read from disk, output topic, offsets and state kept, all in a folder of its own.</summary>
internal static class SqlLogRun
{
    private const int BatchSize = 5000;

    /// <exception cref="IOException">The result is wrong.</exception>
    public static async Task<SqlJobRun> RunAsync(int records, long seed, CancellationToken cancellation)
    {
        using var folder = new BenchFolder(Path.GetTempPath());
        await using var log = EventLog.Open(folder.Path);
        await using var topics = new LogTopics(log);
        Fill(records, seed, topics);
        // What filling has left behind is not the query's to clean up.
        GC.Collect();
        var run = await MeasureAsync(topics, cancellation);
        Check(records, seed, topics);
        return run;
    }

    private static void Fill(int records, long seed, LogTopics topics)
    {
        var source = new SockRecords(seed);
        foreach (var batch in Enumerable.Range(0, records).Select(_ => source.Next().Record).Chunk(BatchSize))
            _ = topics.Append(SqlJob.SockTopic, 0, [.. batch.Select(record => new NewRecord(record.Timestamp, record.Key?.ToArray(), record.Value?.ToArray(), record.Headers))]);
    }

    private static async Task<SqlJobRun> MeasureAsync(LogTopics topics, CancellationToken cancellation)
    {
        await using var engine = new SqlEngine(topics, new() { Clock = SqlClock.Stream, KeepsState = true });
        var session = new SqlSession();
        session.SetProperty(EngineProperties.OffsetReset, "earliest");
        foreach (var statement in SqlParser.Parse(new("bench.sql", SqlJob.SockScript)))
            _ = await engine.ExecuteAsync(statement, session, cancellation);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        engine.RunUntilIdle();
        return new SqlJobRun(clock.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds, topics.End(SqlJob.SockSink, 0), HeapBytes: 0, CountedBytes: 0);
    }

    /// <summary>The newest count of each pair in the output topic is the one that the formula gives, and all pairs above three are there.</summary>
    private static void Check(int records, long seed, LogTopics topics)
    {
        var expected = SqlJob.CountByFormula(records, seed);
        var found = new Dictionary<(string Label, long Start), int>();
        foreach (var record in topics.Batches(SqlJob.SockSink, partition: 0, from: 0).SelectMany(written => written))
            found[SqlJob.PairOf(record.Key!.Value.Span)] = CountIn(record.Value!.Value.Span);
        if (found.Count != expected.Count)
            throw new IOException($"{found.Count} pairs of label and window lie in the output topic, the formula gives {expected.Count}");
        if (found.FirstOrDefault(pair => expected.GetValueOrDefault(pair.Key) != pair.Value) is { Value: > 0 } wrong)
            throw new IOException($"{wrong.Key.Label} was counted {wrong.Value} times in the window at {wrong.Key.Start}, the formula gives {expected.GetValueOrDefault(wrong.Key)}");
    }

    private static int CountIn(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("NUMBER_SEEN"u8) && reader.Read())
                return reader.GetInt32();
        }
        throw new IOException($"an output record holds no count: {Encoding.UTF8.GetString(value)}");
    }
}
