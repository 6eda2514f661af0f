using SockSort.Connect.Configuration;
using SockSort.Log;

namespace SockSort.Connect.Sinks;

/// <summary>Kafka Connect's keys for the handling of records that can't be delivered, however often they are retried.</summary>
internal static class ErrantKeys
{
    public const string Tolerance = "errors.tolerance";
    public const string DeadLetterTopic = "errors.deadletterqueue.topic.name";

    /// <summary>The default dead letter topic, which the other dead letters of the program use too.</summary>
    public const string DefaultTopic = "_socksort_dead_letters";

    private const string OwnTopics = "_socksort_";

    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        new(Tolerance, ConfigType.Text, "none", "What becomes of a record that can't be carried: none tries it again and again, all "
            + "tells of it in the topic of dead letters and goes on.")
        {
            Expected = text => text is "none" or "all" ? null : "use none or all",
        },
        new(DeadLetterTopic, ConfigType.Text, DefaultTopic, "The topic of the log that gets such records, with the reason in headers.")
        {
            Problem = topic => topic == DefaultTopic ? null : ProblemOf(topic),
        },
    ];

    /// <exception cref="ConnectException">The dead letter topic is one of the topics that the sink reads.</exception>
    public static void Check(ConfigValues values)
    {
        if (values.Knows(DeadLetterTopic) && values.List(SinkKeys.Topics).Contains(values.Text(DeadLetterTopic)))
            throw values.Wrong(DeadLetterTopic, $"is one of the connector's '{SinkKeys.Topics}'; choose another one");
    }

    private static string? ProblemOf(string topic)
    {
        if (topic.StartsWith(OwnTopics, StringComparison.Ordinal))
            return $"topics whose names begin with {OwnTopics} are the program's own";
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
