using System.CommandLine;
using System.Globalization;
using SockSort.Bench.Sql;
using SockSort.Cli.Output;

namespace SockSort.Cli.Commands.Bench;

/// <summary><c>socksort bench sql</c>: measures records per second through queries, compared with a peer that runs alternately.</summary>
internal static class BenchSqlCommand
{
    private const string Log = "log";
    private const string Sock = "sock";
    private const string Pair = "pair";
    private const string Session = "session";
    private const string Join = "join";
    private const string Group = "group";

    private static readonly Option<string> Source = new("--source")
    {
        Description =
            "memory: records lie ready as JSON bytes, changes are taken and counted; log: the sock query from the embedded log into it, "
                + "with offsets and state kept",
        DefaultValueFactory = _ => "memory",
    };
    private static readonly Option<int> Records = new Option<int>("--records")
    {
        Description = "Records of each job",
        DefaultValueFactory = _ => 2_000_000,
    }.Within(1000, 100_000_000);
    private static readonly Option<int> Keys = new Option<int>("--keys")
    {
        Description = "Keys of the GROUP BY",
        DefaultValueFactory = _ => 1_000_000,
    }.Within(1, 50_000_000);
    private static readonly Option<long> Seed = new("--seed") { Description = "Of the records", DefaultValueFactory = _ => 42 };
    private static readonly Option<int> Runs = new Option<int>("--runs")
    {
        Description = "Runs of each job; the peer runs after each of the first job's",
        DefaultValueFactory = _ => 3,
    }.Within(1, 100);
    private static readonly Option<string?> Peer = new("--peer")
    {
        Description = "Command of a peer that does the first job; {records} is replaced. It prints events_per_s and events_per_cpu_s",
    };
    private static readonly Option<string[]> Jobs = new("--job")
    {
        Description =
            "What runs from memory: the sock query, it and another one on its topic, a session window, a stream-table join, a GROUP BY of "
                + "many keys",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [Sock, Pair, Session, Join, Group],
    };
    private static readonly Option<int> Partitions = new Option<int>("--partitions")
    {
        Description = "Partitions of each topic; the records lie in them in turns",
        DefaultValueFactory = _ => 1,
    }.Within(1, 64);
    private static readonly Option<int> Threads = new Option<int>("--threads")
    {
        Description = "Threads that work on queries; with more than one each run is made with one and with so many in turns, and compared",
        DefaultValueFactory = _ => 1,
    }.Within(1, 64);
    private static readonly Option<bool> First = new("--first") { Description = "Only the first job: the sock query" };

    public static Command Create()
    {
        Source.AcceptOnlyFromAmong("memory", Log);
        Jobs.AcceptOnlyFromAmong(Sock, Pair, Session, Join, Group);
        var command = new Command("sql", """
            Runs queries over records in memory (the generator of the Kafka Streams peer: 8 labels, 4 records a second of
            event time) and prints records a second and a second of processor time: the sock query (filter, GROUP BY, 5 s tumbling window,
            HAVING), the same beside a filter on the same topic, a session window, a stream-table join and a GROUP BY of many keys with its
            memory. With --source log the sock query alone, from the embedded log into it; what it wrote is held against the counts that the
            generator's formula gives. With --threads each run is made on one thread and on so many, in turns.

            Example:
              socksort bench sql --source memory --records 2000000 --peer "peers/kafka-streams/run 127.0.0.1:9092 {records}"
              socksort bench sql --source log --partitions 4 --threads 2
            """)
        { Source, Records, Keys, Seed, Runs, Peer, Partitions, Threads, Jobs, First };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var (records, seed, partitions) = (line.GetValue(Records), line.GetValue(Seed), line.GetValue(Partitions));
        if (line.GetValue(Source) == Log)
        {
            await RunsAsync(
                line, "tumbling window, 5 s, from the log into the log, with state kept", records,
                threads => SqlLogRun.RunAsync(records, seed, partitions, threads, cancellation), line.GetValue(Peer), cancellation);
            return ExitCode.Done;
        }
        var jobs = line.GetValue(First) ? [Sock] : line.GetRequiredValue(Jobs);
        if (jobs.Contains(Sock))
            await JobAsync(line, SqlJob.Socks(records, seed, partitions), line.GetValue(Peer), cancellation);
        if (jobs.Contains(Pair))
            await JobAsync(line, SqlJob.TwoQueries(records, seed, partitions), peer: null, cancellation);
        if (jobs.Contains(Session))
            await JobAsync(line, SqlJob.Sessions(records, seed, partitions), peer: null, cancellation);
        if (jobs.Contains(Join))
            await JobAsync(line, SqlJob.StreamTableJoin(records, seed, partitions), peer: null, cancellation);
        if (jobs.Contains(Group))
            await JobAsync(line, SqlJob.ManyKeys(line.GetValue(Keys), partitions), peer: null, cancellation);
        return ExitCode.Done;
    }

    private static async Task JobAsync(ParseResult line, SqlJob job, string? peer, CancellationToken cancellation)
    {
        await SqlJobRun.CheckAsync(job, line.GetValue(Threads), cancellation);
        await RunsAsync(line, job.Name + (job.Pairs is { } pairs ? $", {pairs.Count} pairs of label and "
            + "window, as the formula gives" : ""), job.Records,
            threads => SqlJobRun.RunAsync(job, threads, cancellation), peer, cancellation, ours => MemoryOf(job, ours));
    }

    private static async Task RunsAsync(
        ParseResult line, string name, int records, Func<int, Task<SqlJobRun>> runAsync, string? peer, CancellationToken cancellation,
        Func<SqlJobRun, string>? more = null)
    {
        var (output, threads, partitions) = (line.InvocationConfiguration.Output, line.GetValue(Threads), line.GetValue(Partitions));
        var parted = partitions == 1 ? "" : $" in {partitions} partitions";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {records} records{parted}"));
        for (var run = 1; run <= line.GetValue(Runs); run++)
        {
            var alone = threads == 1 ? null : await runAsync(1);
            var ours = await runAsync(threads);
            var row = $"  run {run}: {Figures(records, ours)}" + more?.Invoke(ours);
            if (alone is not null)
                row += string.Create(CultureInfo.InvariantCulture,
                    $"; one thread {Figures(records, alone)}; {threads} threads do {alone.Seconds / ours.Seconds:0.00} times as much by "
                        + $"the clock (seconds of the threads: {ThreadsOf(ours)}, before {ThreadsOf(alone)})");
            if (peer is not null)
            {
                var theirs = await SqlPeerRun.RunAsync(peer, records, cancellation);
                row += string.Create(CultureInfo.InvariantCulture,
                    $"; peer {theirs.RecordsPerSecond:0} records/s, {theirs.RecordsPerCpuSecond:0} per CPU second; ratio "
                        + $"{records / ours.CpuSeconds / theirs.RecordsPerCpuSecond:0.0} by processor time, "
                        + $"{records / ours.Seconds / theirs.RecordsPerSecond:0.0} by the clock");
            }
            output.WriteLine(row);
        }
    }

    private static string Figures(int records, SqlJobRun run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{records / run.Seconds:0} records/s, {records / run.CpuSeconds:0} records per CPU second, {run.Written} changes");

    /// <summary>How the work lies on the threads: what the busiest takes bounds how fast it can be with a processor for each.</summary>
    private static string ThreadsOf(SqlJobRun run) => string.Join(
        " + ", run.ThreadSeconds.Select(seconds => seconds.ToString("0.00", CultureInfo.InvariantCulture)));

    private static string MemoryOf(SqlJob job, SqlJobRun ours) => job.Keys == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
        $", {ours.HeapBytes / job.Keys} bytes a {job.KeyName} ({job.Keys} of them, {ours.HeapBytes / 1e6:0} MB; counted "
            + $"{ours.CountedBytes / job.Keys})");
}
