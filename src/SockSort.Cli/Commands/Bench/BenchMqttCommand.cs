using System.CommandLine;
using SockSort.Bench.Mqtt;
using SockSort.Bench.Server;
using SockSort.Cli.Output;
using static SockSort.Cli.Commands.Bench.BenchOutput;

namespace SockSort.Cli.Commands.Bench;

/// <summary>
/// <c>socksort bench mqtt</c>: measures messages through broker, connector and log to SQL: bursts, many cameras, and more than it takes.
/// </summary>
internal static class BenchMqttCommand
{
    private const string Burst = "burst";
    private const string Fleet = "cameras";
    private const string Over = "overload";

    private static readonly Option<string[]> Jobs = new("--job")
    {
        Description =
            "burst: as fast as it can; cameras: many connections at a steady rate, with the time to the row of a push query; "
                + "overload: many times of what the server takes",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [Burst, Fleet, Over],
    };
    private static readonly Option<int> Messages = new Option<int>("--messages")
    {
        Description = "Messages of a burst at QoS 0",
        DefaultValueFactory = _ => 1_000_000,
        HelpName = "N",
    }.Within(1, 100_000_000);
    private static readonly Option<int> Acknowledged = new Option<int>("--acknowledged")
    {
        Description = "Messages of a burst at QoS 1, of all publishers together",
        DefaultValueFactory = _ => 400_000,
        HelpName = "N",
    }.Within(4, 100_000_000);
    private static readonly Option<int> WarmUp = new Option<int>("--warm-up")
    {
        Description = "Messages before each burst that are not measured",
        DefaultValueFactory = _ => 0,
        HelpName = "N",
    }.Within(0, 100_000_000);
    private static readonly Option<bool> NoPeer = new("--no-mosquitto")
    {
        Description = "Leave out the bursts of mosquitto_pub",
    };
    private static readonly Option<int> Cameras = new Option<int>("--cameras")
    {
        Description = "Publishers of the cameras job, each with a connection of its own",
        DefaultValueFactory = _ => 1000,
        HelpName = "N",
    }.Within(1, 1900);
    private static readonly Option<int> Rate = new Option<int>("--rate")
    {
        Description = "Messages a second of each camera",
        DefaultValueFactory = _ => 4,
        HelpName = "N",
    }.Within(1, 1000);
    private static readonly Option<int> Times = new Option<int>("--overload")
    {
        Description = "How many times of what the server takes the overload job offers, at any moment",
        DefaultValueFactory = _ => 10,
        HelpName = "N",
    }.Within(1, 1000);
    private static readonly Option<TimeSpan> For = new("--for")
    {
        Description = "How long cameras and overload last",
        DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
        CustomParser = Durations.ParseOption,
        HelpName = "TIME",
    };
    private static readonly Option<string> Folder = new("--folder")
    {
        Description = "Where the log is made: it is this disk that is measured",
        DefaultValueFactory = _ => Path.GetTempPath(),
        HelpName = "DIR",
    };

    public static Command Create()
    {
        Jobs.AcceptOnlyFromAmong(Burst, Fleet, Over);
        var command = new Command("mqtt", """
            Runs a server with broker, connector, log and a window that counts in a process of its own, and publishes to it: bursts at QoS 0
            and 1, by a loader of ours and by mosquitto_pub -l; many cameras at a steady rate; and many times of what it takes. Prints how
            many messages a second came to the counts, what the server took for it, how long a message took to the row of a push query, and
            how many are missing, or were dropped where.

            Examples:
              socksort bench mqtt --job burst --messages 1000000
              socksort bench mqtt --job cameras --cameras 1000 --rate 4 --for 1m
              socksort bench mqtt --job overload --overload 10 --for 1m
            """)
        { Jobs, Messages, Acknowledged, WarmUp, NoPeer, Cameras, Rate, Times, For, Folder };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var (output, folder, jobs) = (
            line.InvocationConfiguration.Output, line.GetRequiredValue(Folder), line.GetRequiredValue(Jobs));
        var isRight = !jobs.Contains(Burst) || await RunBurstsAsync(line, folder, cancellation);
        if (jobs.Contains(Fleet))
        {
            Write(output, $"a bare write and sync of one block: {SyncedCommits.Measure(folder)}");
            var job = new CameraJob(line.GetValue(Cameras), line.GetValue(Rate), line.GetValue(For));
            var result = await job.RunAsync(ThisProgram.Start, folder, cancellation);
            isRight &= result.IsRight;
            Write(output, $"{job.Cameras} cameras: {result}");
        }
        if (jobs.Contains(Over))
        {
            var job = new OverloadJob(line.GetValue(Times), line.GetValue(For));
            var result = await job.RunAsync(ThisProgram.Start, folder, cancellation);
            isRight &= result.Unaccounted == 0;
            Write(output, $"overload: {result}");
        }
        return isRight ? ExitCode.Done : ExitCode.Failed;
    }

    /// <returns>Whether nothing was lost.</returns>
    private static async Task<bool> RunBurstsAsync(ParseResult line, string folder, CancellationToken cancellation)
    {
        var lost = 0L;
        foreach (var job in MqttJob.All.Where(job => !job.IsMosquitto || !line.GetValue(NoPeer)))
        {
            var messages = job.Qos == 0 ? line.GetValue(Messages) : line.GetValue(Acknowledged) / job.Publishers * job.Publishers;
            var warmUp = line.GetValue(WarmUp) / job.Publishers * job.Publishers;
            var result = await job.RunAsync(ThisProgram.Start, folder, messages, warmUp, cancellation);
            lost += Math.Abs(result.Lost);
            Write(line.InvocationConfiguration.Output, $"{job.Name}: {result}");
        }
        return lost == 0;
    }
}
