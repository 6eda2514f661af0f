using Microsoft.Extensions.Logging;
using SockSort.Cli.Output;
using SockSort.Log;

namespace SockSort.Cli.Edge;

/// <summary>Replaces logs on Kafka in the program for the edge, which lacks Kafka's client library, and says so.</summary>
internal static class KafkaLogs
{
    public static ILog Open(string address, string data, ILoggerFactory? loggers, string? share) => throw Absent();

    public static ILogReader OpenReader(string address) => throw Absent();

    public static void Check(string address) => throw Absent();

    public static void SetRetention(string address, string topic, TopicRetention retention) => throw Absent();

    private static CommandException Absent() => new(
        "Kafka's client library is not in this program, which was built for the edge; use --log where the whole program is, and let this "
        + "machine send to it by MQTT");
}
