using System.Diagnostics;
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
    public static async Task<SqlJobRun> RunAsync(SqlJob job, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("socksort-bench-");
        try
        {
            await using var log = EventLog.Open(folder.FullName);
            await using var topics = new LogTopics(log);
            Fill(job, topics);
            var run = await MeasureAsync(job, topics, cancellation);
            Check(job, topics);
            return run;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Fill(SqlJob job, LogTopics topics)
    {
        foreach (var batch in job.Topics.Input(SqlJob.SockTopic).Chunk(BatchSize))
            _ = topics.Append(SqlJob.SockTopic, 0, [.. batch.Select(record => new NewRecord(record.Timestamp, record.Key?.ToArray(), record.Value?.ToArray(), record.Headers))]);
    }

    private static async Task<SqlJobRun> MeasureAsync(SqlJob job, LogTopics topics, CancellationToken cancellation)
    {
        await using var engine = new SqlEngine(topics, new() { Clock = SqlClock.Stream, KeepsState = true });
        var session = new SqlSession();
        session.SetProperty(EngineProperties.OffsetReset, "earliest");
        foreach (var statement in SqlParser.Parse(new("bench.sql", job.Script)))
            _ = await engine.ExecuteAsync(statement, session, cancellation);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        engine.RunUntilIdle();
        return new SqlJobRun(clock.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds, topics.End(SqlJob.SockSink, 0), HeapBytes: 0, CountedBytes: 0);
    }

    /// <summary>What lies in the output topic is what the formula gives.</summary>
    private static void Check(SqlJob job, LogTopics topics)
    {
        job.Pairs!.Clear();
        for (var next = 0L; topics.Read(SqlJob.SockSink, 0, next, BatchSize) is { Count: > 0 } records; next = records[^1].Offset + 1)
        {
            foreach (var record in records)
                _ = job.Pairs.Add(SqlJob.PairOf(record.Key!.Value.Span));
        }
        if (job.Pairs.Count != job.ExpectedPairs)
            throw new IOException($"{job.Pairs.Count} pairs of label and window lie in the output topic, the formula gives {job.ExpectedPairs}");
    }
}
