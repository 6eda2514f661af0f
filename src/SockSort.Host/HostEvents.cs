using Microsoft.Extensions.Logging;

namespace SockSort.Host;

/// <summary>The events that the host writes, ids 7000 to 7999: docs/reference/logging.md.</summary>
internal static partial class HostEvents
{
    [LoggerMessage(7001, LogLevel.Information, "{Part} started")]
    public static partial void PartStarted(this ILogger log, string part);

    [LoggerMessage(7002, LogLevel.Information, "{Part} ended")]
    public static partial void PartEnded(this ILogger log, string part);

    // The caller reports the error to the user, hence the low level.
    [LoggerMessage(7003, LogLevel.Debug, "{Part} cannot start: {Problem}")]
    public static partial void PartNotStarted(this ILogger log, string part, string problem);

    [LoggerMessage(7004, LogLevel.Error, "{Part} has failed: {Problem}")]
    public static partial void PartFailed(this ILogger log, string part, string problem);

    [LoggerMessage(7005, LogLevel.Warning, "{Part} could not be ended in order: {Problem}")]
    public static partial void PartNotEnded(this ILogger log, string part, string problem);

    [LoggerMessage(7021, LogLevel.Information, "{Surface}: listens on {Addresses}")]
    public static partial void Listens(this ILogger log, string surface, string addresses);

    [LoggerMessage(7022, LogLevel.Information, "{Surface}: listens no more")]
    public static partial void ListensNoMore(this ILogger log, string surface);

    [LoggerMessage(7023, LogLevel.Warning, "{Surface}: {Count} requests with a wrong password refused since the start")]
    public static partial void PasswordsRefused(this ILogger log, string surface, long count);

    [LoggerMessage(7024, LogLevel.Warning, "{Surface}: no password of {Address} is looked at for {Seconds} s, as many were wrong")]
    public static partial void AddressBarred(this ILogger log, string surface, string address, int seconds);

    [LoggerMessage(7025, LogLevel.Information, "{Surface}: {Note}")]
    public static partial void CertificateNote(this ILogger log, string surface, string note);
}
