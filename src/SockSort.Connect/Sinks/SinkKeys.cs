using SockSort.Connect.Configuration;
using SockSort.Log;

namespace SockSort.Connect.Sinks;

/// <summary>The keys that Kafka Connect defines for every sink.</summary>
internal static class SinkKeys
{
    public const string Topics = "topics";

    /// <summary>Keys without effect here, since only the sinks of a cluster need them.</summary>
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
