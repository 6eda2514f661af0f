using System.CommandLine;
using SockSort.Cli.Logs;
using SockSort.Cli.Output;
using SockSort.Log;

namespace SockSort.Cli.Commands.Topic;

/// <summary><c>socksort topic create</c>: creates a topic.</summary>
internal static class TopicCreateCommand
{
    private static readonly LogPlaceOptions Place = new();

    private static readonly Option<int> Partitions = new Option<int>("--partitions")
    {
        Description = "How many",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    }.Within(1, 1024);

    private static readonly Option<bool> IfNotExists = new("--if-not-exists") { Description = "Leave one that is there as it is" };

    public static Command Create()
    {
        var create = new Command("create", """
            Makes a topic.

            Example:
              socksort topic create socks --partitions 4
            """)
        {
            TopicArgument.Name, Place.Data, Place.Log, Partitions, IfNotExists,
        };
        create.SetAction(async (line, cancellation) =>
        {
            var topic = line.GetRequiredValue(TopicArgument.Name);
            await using var log = Place.Of(line).Open();
            if (log.FindTopic(topic) is { } there)
            {
                return line.GetValue(IfNotExists)
                    ? ExitCode.Done
                    : throw new CommandException($"topic '{topic}' exists already, with {Counted.Of(there.Partitions, "partition")}");
            }
            await log.CreateTopicAsync(topic, line.GetValue(Partitions), cancellationToken: cancellation);
            return ExitCode.Done;
        });
        return create;
    }
}
