using System.Diagnostics;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;

namespace SockSort.Bench.Sql;

/// <summary>One measured run of a job.</summary>
/// <param name="CpuSeconds">Processor time of the whole process, including the garbage collector.</param>
/// <param name="Written">The number of changes that the query wrote.</param>
/// <param name="HeapBytes">The measured size of the query's state on the heap at the end; 0 if it was not requested.</param>
/// <param name="CountedBytes">The same size as the engine counts it for its limit.</param>
public sealed record SqlJobRun(double Seconds, double CpuSeconds, long Written, long HeapBytes, long CountedBytes)
{
    /// <summary>
    /// The processor time of the engine's thread and of each that worked beside it, the busiest first; empty where the system does not say.
    /// </summary>
    public IReadOnlyList<double> ThreadSeconds { get; init; } = [];

    /// <exception cref="BenchException">The result is wrong.</exception>
    public static async Task<SqlJobRun> RunAsync(SqlJob job, int threads, CancellationToken cancellation)
    {
        var check = job.Topics.OnAppend;
        var before = job.Topics.Written;
        await using var engine = new SqlEngine(job.Topics, new() { Clock = SqlClock.Stream, Threads = threads });
        var session = new SqlSession();
        session.SetProperty(EngineProperties.OffsetReset, "earliest");
        foreach (var statement in SqlParser.Parse(new("bench.sql", job.Script)))
            _ = await engine.ExecuteAsync(statement, session, cancellation);
        // Checking costs more than the query, so it has a run of its own.
        job.Topics.OnAppend = null;
        var heap = job.Keys > 0 ? GC.GetTotalMemory(forceFullCollection: true) : 0;
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var threadsBefore = ThreadTimes.Now();
        engine.RunUntilIdle();
        var seconds = clock.Elapsed.TotalSeconds;
        var byThread = ThreadTimes.Since(threadsBefore);
        var spent = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        job.Topics.OnAppend = check;
        heap = job.Keys > 0 ? GC.GetTotalMemory(forceFullCollection: true) - heap : 0;
        return new(seconds, spent, job.Topics.Written - before, heap, engine.StateBytes().Values.Sum()) { ThreadSeconds = byThread };
    }

    /// <summary>Runs a job once and checks its result; this also lets the JIT compile the code.</summary>
    /// <exception cref="BenchException">The pairs differ from those of the formula.</exception>
    public static async Task CheckAsync(SqlJob job, int threads, CancellationToken cancellation)
    {
        await using var engine = new SqlEngine(job.Topics, new() { Clock = SqlClock.Stream, Threads = threads });
        var session = new SqlSession();
        session.SetProperty(EngineProperties.OffsetReset, "earliest");
        foreach (var statement in SqlParser.Parse(new("bench.sql", job.Script)))
            _ = await engine.ExecuteAsync(statement, session, cancellation);
        engine.RunUntilIdle();
        if (job.Pairs is { } pairs && pairs.Count != job.ExpectedPairs)
            throw new BenchException(
                $"{job.Name}: {pairs.Count} pairs of label and window came out, the formula gives {job.ExpectedPairs}");
        if (job.Topics.Written == 0)
            throw new BenchException($"{job.Name}: nothing came out");
    }
}
