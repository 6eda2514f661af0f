using System.CommandLine;
using SockSort.Bench.Server;
using SockSort.Cli.Output;
using static SockSort.Cli.Commands.Bench.BenchOutput;

namespace SockSort.Cli.Commands.Bench;

/// <summary>
/// <c>socksort bench server</c>: measures the latency of push and pull queries, the start of queries, and the effect of slow clients.
/// </summary>
internal static class BenchServerCommand
{
    private const string Latency = "latency";
    private const string Idle = "idle";
    private const string Slow = "slow";
    private const string Pull = "pull";

    private static readonly Option<string[]> Jobs = new("--job")
    {
        Description =
            "latency: from append to pushed row; idle: queries that have nothing to do; slow: clients that read slowly beside others; "
                + "pull: pull queries by key beside one that reads the whole table",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [Latency, Idle, Slow, Pull],
    };
    private static readonly Option<int> Rate = new Option<int>("--rate")
    {
        Description = "Records a second of the latency job",
        DefaultValueFactory = _ => 10_000,
        HelpName = "N",
    }.Within(1, 1_000_000);
    private static readonly Option<TimeSpan> For = new("--for")
    {
        Description = "How long the latency job, and each half of the slow and the pull one, is measured",
        DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
        CustomParser = Durations.ParseOption,
        HelpName = "TIME",
    };
    private static readonly Option<int> Queries = new Option<int>("--queries")
    {
        Description = "Idle queries",
        DefaultValueFactory = _ => 1000,
        HelpName = "N",
    }.Within(1, 100_000);
    private static readonly Option<int> Clients = new Option<int>("--clients")
    {
        Description = "Push-query clients of the slow job",
        DefaultValueFactory = _ => 100,
        HelpName = "N",
    }.Within(1, 10_000);
    private static readonly Option<int> SlowClients = new Option<int>("--slow")
    {
        Description = "How many of them read slowly",
        DefaultValueFactory = _ => 10,
        HelpName = "N",
    }.Within(0, 10_000);
    private static readonly Option<int> ClientRate = new Option<int>("--client-rate")
    {
        Description = "Records a second of the slow job, each of which goes to each client",
        DefaultValueFactory = _ => 200,
        HelpName = "N",
    }.Within(1, 100_000);
    private static readonly Option<int> Rows = new Option<int>("--rows")
    {
        Description = "Rows of the table of the pull job",
        DefaultValueFactory = _ => 100_000,
        HelpName = "N",
    }.Within(1, 10_000_000);
    private static readonly Option<int> PullRate = new Option<int>("--pull-rate")
    {
        Description = "Pull queries by key a second",
        DefaultValueFactory = _ => 100,
        HelpName = "N",
    }.Within(1, 10_000);
    private static readonly Option<string> Folder = new("--folder")
    {
        Description = "Where the logs are made: it is this disk that is measured",
        DefaultValueFactory = _ => Path.GetTempPath(),
        HelpName = "DIR",
    };

    public static Command Create()
    {
        Jobs.AcceptOnlyFromAmong(Latency, Idle, Slow, Pull);
        var command = new Command("server", """
            Runs a server over a log of its own, with clients over HTTP in the same process, and prints: the time from append to pushed row
            at a steady rate, beside a bare write and sync of one block on the same disk; how long idle queries take to start, one by one,
            in one request, and at a restart; the same time for many clients with and without some that read slowly; and how long pull
            queries by key take, with and without one that reads the whole table.

            Example:
              socksort bench server --rate 10000 --for 1m
            """)
        { Jobs, Rate, For, Queries, Clients, SlowClients, ClientRate, Rows, PullRate, Folder };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var (output, folder, duration, jobs) = (
            line.InvocationConfiguration.Output, line.GetRequiredValue(Folder), line.GetValue(For), line.GetRequiredValue(Jobs));
        Write(output, $"a bare write and sync of one block: {SyncedCommits.Measure(folder)}");
        if (jobs.Contains(Latency))
        {
            Write(output, $"latency: {line.GetValue(Rate)} records/s for {duration.TotalSeconds:0} s, from append to the row at a client");
            foreach (var job in LatencyJob.All)
                Write(output, $"  {job.Name}: {await job.RunAsync(folder, line.GetValue(Rate), duration, cancellation)}");
            Write(output, $"a bare write and sync of one block, afterwards: {SyncedCommits.Measure(folder)}");
        }
        if (jobs.Contains(Idle))
        {
            foreach (var result in await IdleQueriesJob.RunAsync(folder, line.GetValue(Queries), cancellation))
                Write(output, $"idle: {line.GetValue(Queries)} queries {result}");
        }
        if (jobs.Contains(Slow))
        {
            var (clients, slow, rate) = (line.GetValue(Clients), line.GetValue(SlowClients), line.GetValue(ClientRate));
            Write(output, $"slow clients: {clients} clients, {rate} records/s to each, {duration.TotalSeconds:0} s each");
            foreach (var result in await SlowClientsJob.RunAsync(folder, clients, slow, rate, duration, cancellation))
                Write(output, $"  {result}");
        }
        if (jobs.Contains(Pull))
        {
            var (rows, rate) = (line.GetValue(Rows), line.GetValue(PullRate));
            Write(output, $"pull queries: a table of {rows} rows, {duration.TotalSeconds:0} s each");
            foreach (var result in await PullJob.RunAsync(folder, rows, rate, duration, cancellation))
                Write(output, $"  {result}");
        }
        return ExitCode.Done;
    }
}
