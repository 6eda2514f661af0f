using System.CommandLine;

namespace SockSort.Cli.Commands.Topic;

/// <summary>The argument that names a topic.</summary>
internal static class TopicArgument
{
    public static Argument<string> Name { get; } = new("TOPIC") { Description = "Its name, as 'socksort topic list' shows it" };
}
