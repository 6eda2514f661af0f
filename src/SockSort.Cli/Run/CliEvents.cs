using Microsoft.Extensions.Logging;

namespace SockSort.Cli.Run;

/// <summary>What <c>socksort run</c> logs of its cameras, ids 8000 to 8999: docs/reference/logging.md.</summary>
internal static partial class CliEvents
{
    [LoggerMessage(8001, LogLevel.Information, "camera {Camera} has come to its end after {Frames} frames")]
    public static partial void CameraEnded(this ILogger log, string camera, long frames);

    [LoggerMessage(8002, LogLevel.Error, "camera {Camera} is given up: {Problem}")]
    public static partial void CameraGivenUp(this ILogger log, string camera, string problem);

    [LoggerMessage(8003, LogLevel.Warning, "{Messages} messages of camera {Camera} did not reach the broker before the end")]
    public static partial void MessagesNotSent(this ILogger log, string camera, long messages);
}
