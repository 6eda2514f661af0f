using SockSort.Connect.Configuration;
using SockSort.Log;

namespace SockSort.Connect.Sinks;

/// <summary>Kafka Connect's keys of every sink.</summary>
internal static class SinkKeys
{
    public const string Topics = "topics";

    /// <summary>What only a cluster's sinks need.</summary>
    public static readonly IReadOnlyList<string> Ignored = [.. CommonKeys.Ignored, "topics.regex"];

    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        new(Topics, ConfigType.List, null, "The topics of the log that are carried out; each from its oldest record on.")
        {
            Example = "PAIRS",
            Problem = ProblemOfTopic,
        },
        .. CommonKeys.All,
    ];

    private static string? ProblemOfTopic(string topic)
    {
        try
        {
            NewTopic.CheckName(topic);
            return null;
        }
        catch (LogException error)
        {
            return error.Message;
        }
    }
}
