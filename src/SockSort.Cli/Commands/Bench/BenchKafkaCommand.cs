using System.CommandLine;
using System.Globalization;
using SockSort.Bench.Kafka;
using SockSort.Bench.Sql;
using SockSort.Cli.Output;
using SockSort.Log.Kafka.Addresses;

namespace SockSort.Cli.Commands.Bench;

/// <summary><c>socksort bench kafka</c>: measures the sock query on Kafka, in turns with a peer on the same broker.</summary>
internal static class BenchKafkaCommand
{
    private static readonly Option<string> Bootstrap = new("--bootstrap")
    {
        Description = "Host and port of a broker; topics that begin with socksort_bench_ are made there, and stay. "
            + "A server of SockSort that runs queries there is taken over from",
        HelpName = "HOST:PORT",
        Required = true,
    };
    private static readonly Option<int> Records = new Option<int>("--records")
    {
        Description = "Records of each run",
        DefaultValueFactory = _ => 2_000_000,
    }.Within(1000, 100_000_000);
    private static readonly Option<long> Seed = new("--seed") { Description = "Of the records", DefaultValueFactory = _ => 42 };
    private static readonly Option<int> Runs = new Option<int>("--runs")
    {
        Description = "Runs of each kind; the peer runs after each",
        DefaultValueFactory = _ => 3,
    }.Within(1, 100);
    private static readonly Option<int[]> Partitions = new("--partitions")
    {
        Description = "Partitions of the topic that is read; with several, the label is the records' key",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [1, 4],
        HelpName = "N",
    };
    private static readonly Option<string[]> Guarantees = new("--guarantee")
    {
        Description = "What holds when a run is killed",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [KafkaAddress.AtLeastOnce, KafkaAddress.ExactlyOnce],
    };
    private static readonly Option<string?> Peer = new("--peer")
    {
        Description = "Command of a peer that reads the topic IN_TOPIC of its environment; {bootstrap}, {records} and {guarantee} "
            + "(at_least_once, exactly_once_v2) are replaced. It prints events_per_s and events_per_cpu_s",
    };

    public static Command Create()
    {
        Guarantees.AcceptOnlyFromAmong(KafkaAddress.AtLeastOnce, KafkaAddress.ExactlyOnce);
        var command = new Command("kafka", """
            Runs the sock query (filter, GROUP BY, 5 s tumbling window, HAVING) on one thread from a topic of Kafka into another one, with
            offsets and state kept there, and prints records a second and a second of processor time of this process. What it wrote is held
            against the counts that the generator's formula gives.

            Example:
              socksort bench kafka --bootstrap 127.0.0.1:9092 --peer "peers/kafka-streams/run {bootstrap} {records} {guarantee}"
            """)
        { Bootstrap, Records, Seed, Runs, Partitions, Guarantees, Peer };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        foreach (var partitions in line.GetRequiredValue(Partitions))
        {
            var job = new KafkaJob(line.GetRequiredValue(Bootstrap), line.GetValue(Records), line.GetValue(Seed), partitions);
            await job.FillAsync(cancellation);
            foreach (var guarantee in line.GetRequiredValue(Guarantees))
                await RunsAsync(line, job, guarantee, $"{Counted.Of(partitions, "partition")}, {guarantee}", cancellation);
        }
        return ExitCode.Done;
    }

    private static async Task RunsAsync(ParseResult line, KafkaJob job, string guarantee, string name, CancellationToken cancellation)
    {
        var (output, records) = (line.InvocationConfiguration.Output, line.GetValue(Records));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {records} records"));
        for (var run = 1; run <= line.GetValue(Runs); run++)
        {
            var ours = await job.RunAsync(guarantee, cancellation);
            var (perSecond, perCpu) = (records / ours.Seconds, records / ours.CpuSeconds);
            var row = string.Create(
                CultureInfo.InvariantCulture,
                $"  run {run}: {perSecond:0} records/s, {perCpu:0} records per CPU second, {ours.Written} changes");
            if (line.GetValue(Peer) is { } peer)
                row += Ratio(perSecond, perCpu, await PeerAsync(line, job, guarantee, peer, cancellation));
            output.WriteLine(row);
        }
    }

    private static Task<SqlPeerRun> PeerAsync(
        ParseResult line, KafkaJob job, string guarantee, string peer, CancellationToken cancellation)
    {
        var command = peer.Replace("{bootstrap}", line.GetRequiredValue(Bootstrap))
            .Replace("{guarantee}", guarantee == KafkaAddress.ExactlyOnce ? "exactly_once_v2" : guarantee);
        var environment = new Dictionary<string, string> { ["IN_TOPIC"] = job.Topic, ["OUT_TOPIC"] = $"{job.Topic}_peer" };
        return SqlPeerRun.RunAsync(command, line.GetValue(Records), cancellation, environment);
    }

    private static string Ratio(double perSecond, double perCpu, SqlPeerRun theirs) => string.Create(
        CultureInfo.InvariantCulture,
        $"; peer {theirs.RecordsPerSecond:0} records/s, {theirs.RecordsPerCpuSecond:0} per CPU second; ratio "
            + $"{perCpu / theirs.RecordsPerCpuSecond:0.0} by processor time, {perSecond / theirs.RecordsPerSecond:0.0} by the clock");
}
