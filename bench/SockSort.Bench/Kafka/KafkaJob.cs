using System.Diagnostics;
using System.Text;
using SockSort.Bench.Sql;
using SockSort.Log;
using SockSort.Log.Kafka;
using SockSort.Log.Kafka.Addresses;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;

namespace SockSort.Bench.Kafka;

/// <summary>The sock query from a topic of Kafka into another one, with offsets and state kept there.</summary>
/// <param name="bootstrap">Host and port of a broker.</param>
/// <param name="partitions">Of the topic that is read; more than one have the label as the records' key.</param>
public sealed class KafkaJob(string bootstrap, int records, long seed, int partitions)
{
    private const int BatchSize = 5000;
    private const string Sink = "SOCKSORT_BENCH_SMOOTHED";
    private const string Query = $"CTAS_{Sink}_0";

    // Not the names that a server of the user's may have on the same brokers.
    private static readonly string Script = SqlJob.SockScript.Replace(SqlJob.SockSink, Sink, StringComparison.OrdinalIgnoreCase);

    /// <summary>The topic that is read; it stays, and later runs read it again.</summary>
    public string Topic => $"socksort_bench_{records}_{seed}_{partitions}";

    /// <summary>Fills the topic, where it does not hold the records yet.</summary>
    /// <exception cref="BenchException">It holds others.</exception>
    /// <exception cref="LogException">No broker can be reached.</exception>
    public async Task FillAsync(CancellationToken cancellation)
    {
        await using var log = Open(KafkaAddress.AtLeastOnce);
        if (log.FindTopic(Topic) is { } there)
        {
            var found = log.PartitionsOf(Topic).Sum(partition => partition.EndOffset);
            if (found == records && there.Partitions == partitions)
                return;
            throw new BenchException($"topic '{Topic}' has {found} records in {there.Partitions} partitions; delete it, to have it filled");
        }
        await log.CreateTopicAsync(Topic, partitions, cancellationToken: cancellation);
        var left = new Queue<Task>();
        foreach (var batch in SqlJob.Input(records, seed).Chunk(BatchSize))
        {
            foreach (var part in Placed(batch).GroupBy(placed => placed.Partition, placed => placed.Record))
                left.Enqueue(log.AppendAsync(Topic, [.. part], part.Key, cancellation));
            while (left.Count > 10)
                await left.Dequeue();
        }
        await Task.WhenAll(left);
    }

    /// <summary>Runs the query over all records, from nothing.</summary>
    /// <param name="guarantee"><see cref="KafkaAddress.AtLeastOnce"/> or <see cref="KafkaAddress.ExactlyOnce"/>.</param>
    /// <exception cref="BenchException">The result is wrong.</exception>
    public async Task<SqlJobRun> RunAsync(string guarantee, CancellationToken cancellation)
    {
        await using var log = Open(guarantee);
        _ = await log.CommitAsync(new LogCommit { RemovedTopics = [Sink], RemovedConsumers = [Query] }, cancellation);
        GC.Collect();
        var run = await MeasureAsync(log, cancellation);
        SqlLogRun.Check(records, seed, log, Sink);
        return run;
    }

    private KafkaLog Open(string guarantee) =>
        KafkaLog.Open(KafkaAddress.Parse($"{KafkaAddress.Scheme}{bootstrap}?{KafkaAddress.GuaranteeKey}={guarantee}"));

    private async Task<SqlJobRun> MeasureAsync(ILog log, CancellationToken cancellation)
    {
        await using var engine = new SqlEngine(log, new() { Clock = SqlClock.Stream, KeepsState = true });
        var session = new SqlSession();
        session.SetProperty(EngineProperties.OffsetReset, "earliest");
        foreach (var statement in SqlParser.Parse(new("bench.sql", Script.Replace(SqlJob.SockTopic, Topic))))
            _ = await engine.ExecuteAsync(statement, session, cancellation);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        engine.RunUntilIdle();
        var seconds = clock.Elapsed.TotalSeconds;
        var spent = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        var written = log.PartitionsOf(Sink).Sum(partition => partition.EndOffset);
        return new SqlJobRun(seconds, spent, written, HeapBytes: 0, CountedBytes: 0);
    }

    /// <summary>All records of a label in one partition.</summary>
    private IEnumerable<(int Partition, NewRecord Record)> Placed(NewRecord[] batch)
    {
        foreach (var record in batch)
        {
            if (partitions == 1)
            {
                yield return (0, record);
                continue;
            }
            var label = SqlJob.LabelOf(record.Value!.Value.Span);
            yield return (Array.IndexOf(SockRecords.Labels, label) % partitions, record with { Key = Encoding.UTF8.GetBytes(label) });
        }
    }
}
