using Microsoft.Extensions.Logging;

namespace SockSort.Sql.Engine.Queries;

/// <summary>
/// The events of SQL's engine, ids 5000 to 5999: docs/reference/logging.md. They name the ids of queries, never a statement's text, and the
/// place of a record and the column that cannot be read, never a value.
/// </summary>
internal static partial class SqlEvents
{
    [LoggerMessage(5001, LogLevel.Information, "query {Query}: created, it writes {Sink}")]
    public static partial void QueryCreated(this ILogger log, string query, string? sink);

    [LoggerMessage(5002, LogLevel.Information, "query {Query}: goes on from an earlier run, it writes {Sink}")]
    public static partial void QueryRestored(this ILogger log, string query, string? sink);

    [LoggerMessage(5003, LogLevel.Warning, "query {Query}: {Note}")]
    public static partial void QueryRebuilt(this ILogger log, string query, string note);

    [LoggerMessage(5004, LogLevel.Information, "query {Query}: PAUSED")]
    public static partial void QueryPaused(this ILogger log, string query);

    [LoggerMessage(5005, LogLevel.Information, "query {Query}: RUNNING")]
    public static partial void QueryResumed(this ILogger log, string query);

    [LoggerMessage(5006, LogLevel.Information, "query {Query}: ended by a statement")]
    public static partial void QueryEnded(this ILogger log, string query);

    [LoggerMessage(5007, LogLevel.Error, "query {Query}: ERROR: {Problem}")]
    public static partial void QueryFailed(this ILogger log, string query, string problem);

    [LoggerMessage(
        5008, LogLevel.Warning, "query {Query}: {Problem} ({Skipped} records skipped, {Missed} missed since the start)")]
    public static partial void RecordsSkipped(this ILogger log, string query, string? problem, long skipped, long missed);

    [LoggerMessage(5009, LogLevel.Warning, "query {Query} of a client: {Problem}")]
    public static partial void ClientQueryEnded(this ILogger log, string query, string problem);

    [LoggerMessage(5010, LogLevel.Error, "the log: {Problem}; no query goes on, tried again each second")]
    public static partial void StorageLost(this ILogger log, string problem);

    [LoggerMessage(5011, LogLevel.Information, "the log can be written and read again")]
    public static partial void StorageBack(this ILogger log);

    [LoggerMessage(5012, LogLevel.Error, "all queries are ended by an unexpected {Error}, please report it: {Stack}")]
    public static partial void EngineFailed(this ILogger log, string error, string? stack);

    [LoggerMessage(5013, LogLevel.Information, "this server works on the partitions {Partitions} from now on")]
    public static partial void PartitionsGiven(this ILogger log, string partitions);

    [LoggerMessage(5014, LogLevel.Information, "the partitions {Partitions} go to other servers")]
    public static partial void PartitionsGone(this ILogger log, string partitions);

    [LoggerMessage(5015, LogLevel.Warning, "a statement of another server is not carried out: {Problem}")]
    public static partial void StatementNotFollowed(this ILogger log, string problem);

    [LoggerMessage(5016, LogLevel.Warning, "query {Query}: {Problem} ({Late} records late since the start)")]
    public static partial void TimeAhead(this ILogger log, string query, string? problem, long late);
}
