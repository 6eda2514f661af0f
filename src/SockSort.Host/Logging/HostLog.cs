using Microsoft.Extensions.Logging;

namespace SockSort.Host.Logging;

/// <summary>What the host tells. Event ids 7000 to 7999.</summary>
internal static partial class HostLog
{
    [LoggerMessage(7001, LogLevel.Information, "{Part} started")]
    public static partial void PartStarted(this ILogger log, string part);

    [LoggerMessage(7002, LogLevel.Information, "{Part} ended")]
    public static partial void PartEnded(this ILogger log, string part);

    // Who starts it tells the error to the user.
    [LoggerMessage(7003, LogLevel.Debug, "{Part} cannot start: {Problem}")]
    public static partial void PartNotStarted(this ILogger log, string part, string problem);

    [LoggerMessage(7004, LogLevel.Error, "{Part} has failed: {Problem}")]
    public static partial void PartFailed(this ILogger log, string part, string problem);

    [LoggerMessage(7005, LogLevel.Warning, "{Part} could not be ended in order: {Problem}")]
    public static partial void PartNotEnded(this ILogger log, string part, string problem);
}
