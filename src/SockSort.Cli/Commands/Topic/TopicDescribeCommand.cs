using System.CommandLine;
using SockSort.Cli.Logs;
using SockSort.Cli.Output;
using SockSort.Cli.Topics;

namespace SockSort.Cli.Commands.Topic;

/// <summary><c>socksort topic describe</c>: prints the partitions of a topic.</summary>
internal static class TopicDescribeCommand
{
    private static readonly LogPlaceOptions Place = new();

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a partition, for scripts" };

    public static Command Create()
    {
        var describe = new Command("describe", """
            Shows a topic's partitions with their records, first and last offset and bytes on disk.

            Example:
              socksort topic describe data_mqtt
            """)
        {
            TopicArgument.Name, Place.Data, Place.Log, Json,
        };
        describe.SetAction(line =>
        {
            using var reader = Place.Of(line).OpenReader();
            var partitions = reader.PartitionsOf(line.GetRequiredValue(TopicArgument.Name));
            PartitionTable.Write(partitions, line.GetValue(Json), line.InvocationConfiguration.Output);
            return ExitCode.Done;
        });
        return describe;
    }
}
