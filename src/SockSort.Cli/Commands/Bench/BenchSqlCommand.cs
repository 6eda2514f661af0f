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
    private static readonly Option<bool> First = new("--first") { Description = "Only the first job: the sock query" };

    public static Command Create()
    {
        Source.AcceptOnlyFromAmong("memory", Log);
        Jobs.AcceptOnlyFromAmong(Sock, Pair, Session, Join, Group);
        var command = new Command("sql", """
            Runs queries on one thread over records in memory (the generator of the Kafka Streams peer: 8 labels, 4 records a second of
            event time) and prints records a second and a second of processor time: the sock query (filter, GROUP BY, 5 s tumbling window,
            HAVING), the same beside a filter on the same topic, a session window, a stream-table join and a GROUP BY of many keys with its
            memory. With --source log the sock query alone, from the embedded log into it; what it wrote is held against the counts that the
            generator's formula gives.

            Example:
              socksort bench sql --source memory --records 2000000 --peer "peers/kafka-streams/run 127.0.0.1:9092 {records}"
            """)
        { Source, Records, Keys, Seed, Runs, Peer, Jobs, First };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var (records, seed) = (line.GetValue(Records), line.GetValue(Seed));
        if (line.GetValue(Source) == Log)
        {
            await RunsAsync(
                line, "tumbling window, 5 s, from the log into the log, with state kept", records,
                () => SqlLogRun.RunAsync(records, seed, cancellation), line.GetValue(Peer), cancellation);
            return ExitCode.Done;
        }
        var jobs = line.GetValue(First) ? [Sock] : line.GetRequiredValue(Jobs);
        if (jobs.Contains(Sock))
            await JobAsync(line, SqlJob.Socks(records, seed), line.GetValue(Peer), cancellation);
        if (jobs.Contains(Pair))
            await JobAsync(line, SqlJob.TwoQueries(records, seed), peer: null, cancellation);
        if (jobs.Contains(Session))
            await JobAsync(line, SqlJob.Sessions(records, seed), peer: null, cancellation);
        if (jobs.Contains(Join))
            await JobAsync(line, SqlJob.StreamTableJoin(records, seed), peer: null, cancellation);
        if (jobs.Contains(Group))
            await JobAsync(line, SqlJob.ManyKeys(line.GetValue(Keys)), peer: null, cancellation);
        return ExitCode.Done;
    }

    private static async Task JobAsync(ParseResult line, SqlJob job, string? peer, CancellationToken cancellation)
    {
        await SqlJobRun.CheckAsync(job, cancellation);
        await RunsAsync(line, job.Name + (job.Pairs is { } pairs ? $", {pairs.Count} pairs of label and "
            + "window, as the formula gives" : ""), job.Records,
            () => SqlJobRun.RunAsync(job, cancellation), peer, cancellation, ours => MemoryOf(job, ours));
    }

    private static async Task RunsAsync(
        ParseResult line, string name, int records, Func<Task<SqlJobRun>> runAsync, string? peer, CancellationToken cancellation,
        Func<SqlJobRun, string>? more = null)
    {
        var output = line.InvocationConfiguration.Output;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {records} records"));
        for (var run = 1; run <= line.GetValue(Runs); run++)
        {
            var ours = await runAsync();
            var (perSecond, perCpu) = (records / ours.Seconds, records / ours.CpuSeconds);
            var row = string.Create(
                CultureInfo.InvariantCulture,
                $"  run {run}: {perSecond:0} records/s, {perCpu:0} records per CPU second, {ours.Written} changes") + more?.Invoke(ours);
            if (peer is not null)
            {
                var theirs = await SqlPeerRun.RunAsync(peer, records, cancellation);
                row += string.Create(CultureInfo.InvariantCulture,
                    $"; peer {theirs.RecordsPerSecond:0} records/s, {theirs.RecordsPerCpuSecond:0} per CPU second; ratio "
                        + $"{perCpu / theirs.RecordsPerCpuSecond:0.0} by processor time, "
                        + $"{perSecond / theirs.RecordsPerSecond:0.0} by the clock");
            }
            output.WriteLine(row);
        }
    }

    private static string MemoryOf(SqlJob job, SqlJobRun ours) => job.Keys == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
        $", {ours.HeapBytes / job.Keys} bytes a {job.KeyName} ({job.Keys} of them, {ours.HeapBytes / 1e6:0} MB; counted "
            + $"{ours.CountedBytes / job.Keys})");
}
