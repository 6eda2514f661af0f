using Microsoft.Extensions.Logging;

namespace SockSort.Connect;

/// <summary>
/// The log events of this project, with ids 4000 to 4999; see docs/reference/logging.md. Of a configuration they show only its class and
/// topics, and of records only counts and reasons.
/// </summary>
internal static partial class ConnectEvents
{
    [LoggerMessage(4001, LogLevel.Information, "connector {Connector}: created ({Kind}, topics {Topics})")]
    public static partial void ConnectorCreated(this ILogger log, string connector, string kind, string topics);

    [LoggerMessage(4002, LogLevel.Information, "connector {Connector}: brought back from an earlier run ({Kind}, topics {Topics})")]
    public static partial void ConnectorRestored(this ILogger log, string connector, string kind, string topics);

    [LoggerMessage(4003, LogLevel.Information, "connector {Connector}: PAUSED")]
    public static partial void ConnectorPaused(this ILogger log, string connector);

    [LoggerMessage(4004, LogLevel.Information, "connector {Connector}: resumed")]
    public static partial void ConnectorResumed(this ILogger log, string connector);

    [LoggerMessage(4005, LogLevel.Information, "connector {Connector}: restarted")]
    public static partial void ConnectorRestarted(this ILogger log, string connector);

    [LoggerMessage(4006, LogLevel.Information, "connector {Connector}: stopped")]
    public static partial void ConnectorStopped(this ILogger log, string connector);

    [LoggerMessage(4007, LogLevel.Information, "connector {Connector}: dropped")]
    public static partial void ConnectorDropped(this ILogger log, string connector);

    [LoggerMessage(4008, LogLevel.Information, "connector {Connector}: RUNNING")]
    public static partial void ConnectorRunning(this ILogger log, string connector);

    [LoggerMessage(4009, LogLevel.Error, "connector {Connector}: FAILED: {Problem}")]
    public static partial void ConnectorFailed(this ILogger log, string connector, string problem);

    [LoggerMessage(4010, LogLevel.Information, "connector {Connector}: RUNNING again ({Problem})")]
    public static partial void ConnectorHealed(this ILogger log, string connector, string problem);

    [LoggerMessage(
        4011, LogLevel.Warning,
        "connector {Connector}: {Count} messages skipped since the start, told of in topic {DeadLetterTopic}; the last one: {Reason}")]
    public static partial void MessagesSkipped(this ILogger log, string connector, long count, string deadLetterTopic, string reason);

    [LoggerMessage(
        4012, LogLevel.Warning, "connector {Connector}: {Count} messages lost, as they could not be stored before it was stopped")]
    public static partial void MessagesLost(this ILogger log, string connector, long count);

    [LoggerMessage(4013, LogLevel.Warning, "connector {Connector}: {Note}")]
    public static partial void SessionStays(this ILogger log, string connector, string note);

    [LoggerMessage(4014, LogLevel.Information, "connector {Connector}: has another configuration ({Kind}, topics {Topics})")]
    public static partial void ConnectorReplaced(this ILogger log, string connector, string kind, string topics);

    [LoggerMessage(4015, LogLevel.Information, "connector {Connector}: offsets of {Count} partitions altered by its user")]
    public static partial void OffsetsAltered(this ILogger log, string connector, int count);
}
