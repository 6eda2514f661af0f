using System.CommandLine;
using SockSort.Cli.Logs;
using SockSort.Cli.Output;

namespace SockSort.Cli.Commands.Topic;

/// <summary><c>socksort topic delete</c>: deletes a topic.</summary>
internal static class TopicDeleteCommand
{
    private static readonly LogPlaceOptions Place = new();

    private static readonly Option<bool> IfExists = new("--if-exists") { Description = "An absent one is no error" };

    public static Command Create()
    {
        var delete = new Command("delete", """
            Removes a topic and all its records. A stream or table over it stays, and finds nothing; 'DROP … DELETE TOPIC' removes both.

            Example:
              socksort topic delete socks
            """)
        {
            TopicArgument.Name, Place.Data, Place.Log, IfExists,
        };
        delete.SetAction(async line =>
        {
            var topic = line.GetRequiredValue(TopicArgument.Name);
            await using var log = Place.Of(line).Open();
            if (log.FindTopic(topic) is null && line.GetValue(IfExists))
                return ExitCode.Done;
            // If the topic does not exist, this throws an error that lists the existing ones.
            _ = log.PartitionsOf(topic);
            _ = log.DeleteTopic(topic);
            return ExitCode.Done;
        });
        return delete;
    }
}
