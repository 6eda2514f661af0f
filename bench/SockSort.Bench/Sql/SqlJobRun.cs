using System.Diagnostics;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;

namespace SockSort.Bench.Sql;

/// <summary>One measured run of a job, on one thread.</summary>
/// <param name="CpuSeconds">Of the whole process, its garbage collector included.</param>
/// <param name="Written">Changes that came out.</param>
/// <param name="HeapBytes">What the query's state takes on the heap at the end, measured; 0 where it was not asked for.</param>
/// <param name="CountedBytes">The same as the engine counts it for its limit.</param>
public sealed record SqlJobRun(double Seconds, double CpuSeconds, long Written, long HeapBytes, long CountedBytes)
{
    /// <exception cref="BenchException">The result is wrong.</exception>
    public static async Task<SqlJobRun> RunAsync(SqlJob job, CancellationToken cancellation)
    {
        var check = job.Topics.OnAppend;
        var before = job.Topics.Written;
        await using var engine = new SqlEngine(job.Topics, new() { Clock = SqlClock.Stream });
        var session = new SqlSession();
        session.SetProperty(EngineProperties.OffsetReset, "earliest");
        foreach (var statement in SqlParser.Parse(new("bench.sql", job.Script)))
            _ = await engine.ExecuteAsync(statement, session, cancellation);
        // Checking costs more than the query: a run of its own does it.
        job.Topics.OnAppend = null;
        var heap = job.Keys > 0 ? GC.GetTotalMemory(forceFullCollection: true) : 0;
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        engine.RunUntilIdle();
        var seconds = clock.Elapsed.TotalSeconds;
        var spent = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        job.Topics.OnAppend = check;
        heap = job.Keys > 0 ? GC.GetTotalMemory(forceFullCollection: true) - heap : 0;
        return new(seconds, spent, job.Topics.Written - before, heap, engine.StateBytes().Values.Sum());
    }

    /// <summary>Runs a job once with its result looked at; also brings the code into its fast form.</summary>
    /// <exception cref="BenchException">The pairs are not those that the formula gives.</exception>
    public static async Task CheckAsync(SqlJob job, CancellationToken cancellation)
    {
        await using var engine = new SqlEngine(job.Topics, new() { Clock = SqlClock.Stream });
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
