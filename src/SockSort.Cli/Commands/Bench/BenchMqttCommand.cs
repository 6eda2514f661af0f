using System.CommandLine;
using System.Globalization;
using SockSort.Bench.Mqtt;
using SockSort.Cli.Output;

namespace SockSort.Cli.Commands.Bench;

/// <summary><c>socksort bench mqtt</c>: measures bursts of messages through broker, connector and log to the counts of a window.</summary>
internal static class BenchMqttCommand
{
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
    private static readonly Option<bool> NoPeer = new("--no-mosquitto")
    {
        Description = "Leave out the bursts of mosquitto_pub",
    };
    private static readonly Option<string> Folder = new("--folder")
    {
        Description = "Where the log is made: it is this disk that is measured",
        DefaultValueFactory = _ => Path.GetTempPath(),
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var command = new Command("mqtt", """
            Runs a server with broker, connector, log and a window that counts in a process of its own, publishes bursts to it at QoS 0
            and 1, by a loader of ours and by mosquitto_pub -l, and prints how many messages a second came to the counts, what the server
            took for it, and how many are missing in the log or in the counts.

            Example:
              socksort bench mqtt --messages 1000000
            """)
        { Messages, Acknowledged, NoPeer, Folder };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var output = line.InvocationConfiguration.Output;
        var lost = 0L;
        foreach (var job in MqttJob.All.Where(job => !job.IsMosquitto || !line.GetValue(NoPeer)))
        {
            var messages = job.Qos == 0 ? line.GetValue(Messages) : line.GetValue(Acknowledged) / job.Publishers * job.Publishers;
            var result = await job.RunAsync(ThisProgram.Start, line.GetRequiredValue(Folder), messages, cancellation);
            lost += Math.Abs(result.Lost);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{job.Name}: {result}"));
        }
        return lost == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
