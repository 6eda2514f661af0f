using System.CommandLine;

namespace SockSort.Cli.Sorting;

/// <summary>The option <c>--topic</c> of commands that count by frames.</summary>
internal static class FramesTopicOption
{
    /// <summary>The topic that the original's connector writes.</summary>
    public const string Default = "data_mqtt";

    public static Option<string> Create() => new("--topic")
    {
        Description = "Topic of the frames' messages",
        DefaultValueFactory = _ => Default,
        HelpName = "TOPIC",
    };
}
