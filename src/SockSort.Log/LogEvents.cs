using Microsoft.Extensions.Logging;

namespace SockSort.Log;

/// <summary>The events that the log writes, ids 3000 to 3999: docs/reference/logging.md. They never hold a record's content.</summary>
internal static partial class LogEvents
{
    [LoggerMessage(3001, LogLevel.Information, "log {Folder}: opened for writing, id {LogId}")]
    public static partial void Opened(this ILogger log, string folder, string logId);

    [LoggerMessage(3002, LogLevel.Information, "log {Folder}: closed")]
    public static partial void Closed(this ILogger log, string folder);

    [LoggerMessage(3003, LogLevel.Error, "log {Folder}: the disk is full, nothing is stored until there is room ({Problem})")]
    public static partial void DiskFull(this ILogger log, string folder, string problem);

    [LoggerMessage(3004, LogLevel.Error, "log {Folder}: nothing can be stored ({Problem})")]
    public static partial void WriteFailed(this ILogger log, string folder, string problem);

    [LoggerMessage(3005, LogLevel.Information, "log {Folder}: records are stored again")]
    public static partial void WritesAgain(this ILogger log, string folder);

    [LoggerMessage(
        3006, LogLevel.Warning,
        "log {Folder}: a commit of {Records} records and {Bytes} bytes took {Milliseconds} ms; {Count} over {Bound} ms since the start")]
    public static partial void SlowCommit(
        this ILogger log, string folder, int records, long bytes, long milliseconds, long count, long bound);

    [LoggerMessage(3007, LogLevel.Error, "log {Folder}: a read failed on damaged content ({Problem})")]
    public static partial void Damaged(this ILogger log, string folder, string problem);

    [LoggerMessage(3008, LogLevel.Debug, "log {Folder}: retention has removed {Records} records, {Bytes} bytes, since the start")]
    public static partial void RetentionRemoved(this ILogger log, string folder, long records, long bytes);

    [LoggerMessage(3009, LogLevel.Warning, "log {Folder}: retention: {Problem}")]
    public static partial void RetentionStuck(this ILogger log, string folder, string problem);

    [LoggerMessage(3010, LogLevel.Information, "log {Folder}: retention works again")]
    public static partial void RetentionHealed(this ILogger log, string folder);
}
