using Microsoft.Extensions.Logging;

namespace SockSort.Server;

/// <summary>
/// The events that the servers write, ids 6000 to 6999: docs/reference/logging.md. Of requests they hold method and path, never query or
/// body; of an unexpected error the type and the stack trace, since its message may repeat what was sent.
/// </summary>
internal static partial class ServerEvents
{
    [LoggerMessage(6001, LogLevel.Error, "server: {Method} {Path} failed by an unexpected {Error}, please report it: {Stack}")]
    public static partial void RequestFailed(this ILogger log, string method, string path, string error, string? stack);

    [LoggerMessage(6002, LogLevel.Warning, "server: {Count} clients cut off since the start, as they did not read; the last one: {What}")]
    public static partial void ClientsCutOff(this ILogger log, long count, string what);

    [LoggerMessage(6011, LogLevel.Error, "connect: {Method} {Path} failed by an unexpected {Error}, please report it: {Stack}")]
    public static partial void ConnectRequestFailed(this ILogger log, string method, string path, string error, string? stack);

    [LoggerMessage(6021, LogLevel.Error, "model endpoint: the model failed on a picture by an unexpected {Error}: {Stack}")]
    public static partial void ModelFailed(this ILogger log, string error, string? stack);
}
