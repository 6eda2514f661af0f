using System.CommandLine;
using SockSort.Cli.Commands.Topic;
using SockSort.Cli.Logs;
using SockSort.Cli.Output;
using SockSort.Cli.Topics;
using SockSort.Log;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort topic</c>: prints, fills and manages the log's topics, like Kafka's console tools.</summary>
internal static class TopicCommand
{
    private static readonly LogPlaceOptions Place = new();

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line, for scripts" };

    private static readonly Option<TimeSpan?> Time = new("--time")
    {
        Description = "Remove records that are older, by their own time: 12h, 7d",
        CustomParser = value => Durations.ParseOption(value),
        HelpName = "T",
    };

    private static readonly Option<long?> Bytes = new("--bytes")
    {
        Description = "Remove the oldest records of a partition that takes more: 64MB, 1.5GB",
        CustomParser = value => Sizes.ParseOption(value),
        HelpName = "N",
    };

    private static readonly Option<bool> Everything = new("--everything") { Description = "Remove nothing" };

    public static Command Create()
    {
        var topic = new Command("topic", """
            Looks into the log's topics, makes, fills and removes them, and says how much of them is kept.

            Example:
              socksort topic list
              socksort topic retain data_mqtt --time 7d --bytes 1GB
              socksort topic print data_mqtt --from-beginning
            """);
        topic.Subcommands.Add(List());
        topic.Subcommands.Add(TopicPrintCommand.Create());
        topic.Subcommands.Add(TopicProduceCommand.Create());
        topic.Subcommands.Add(TopicCreateCommand.Create());
        topic.Subcommands.Add(TopicDescribeCommand.Create());
        topic.Subcommands.Add(TopicDeleteCommand.Create());
        topic.Subcommands.Add(Retain());
        return topic;
    }

    private static Command List()
    {
        var list = new Command("list", """
            Lists the topics with their partitions, records, first and last offset (counted from 0; of all partitions the lowest and
            highest), bytes on disk and how much is kept.

            Example:
              socksort topic list --data ./socksort-data --json
            """)
        {
            Place.Data, Place.Log, Json,
        };
        list.SetAction(line =>
        {
            using var reader = Place.Of(line).OpenReader();
            TopicTable.Write(reader, line.GetValue(Json), Console.Out);
            return ExitCode.Done;
        });
        return list;
    }

    private static Command Retain()
    {
        var retain = new Command("retain", """
            Says how much of a topic is kept; what is beyond goes, the oldest first. Works while another process writes the log, which
            follows within seconds. The newest batch always stays.

            Example:
              socksort topic retain data_mqtt --time 7d --bytes 1GB
              socksort topic retain data_mqtt --everything
            """)
        {
            TopicArgument.Name, Place.Data, Place.Log, Time, Bytes, Everything,
        };
        retain.Validators.Add(line =>
        {
            if (line.GetValue(Everything) == (line.GetValue(Time) is not null || line.GetValue(Bytes) is not null))
                line.AddError("give --time, --bytes or both, or else --everything");
        });
        retain.SetAction(line =>
        {
            var retention = new TopicRetention(line.GetValue(Time), line.GetValue(Bytes));
            Place.Of(line).SetRetention(line.GetRequiredValue(TopicArgument.Name), retention);
            return ExitCode.Done;
        });
        return retain;
    }
}
