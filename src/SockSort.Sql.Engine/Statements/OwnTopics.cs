using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Statements;

/// <summary>Topics that only the program itself writes.</summary>
internal static class OwnTopics
{
    /// <summary>Holds the statements that outlive the process.</summary>
    public const string Commands = Prefix + "command_topic";

    private const string Prefix = "_socksort_";

    /// <exception cref="SqlException">The topic is one of the program's own, which no statement writes.</exception>
    public static void RefuseToWrite(string topic, SourceSpan at)
    {
        if (topic.StartsWith(Prefix, StringComparison.Ordinal))
            throw TopicErrors.Own(topic, at);
    }

    /// <exception cref="SqlException">Statements of others lie in the topic, with what secrets they hold.</exception>
    public static void RefuseToShow(string topic, SourceSpan at)
    {
        if (topic == Commands)
            throw TopicErrors.NotShown(topic, at);
    }
}
