using Microsoft.Extensions.Logging;
using SockSort.Host.Logging;

namespace SockSort.Server.Connectors;

/// <summary>Settings of Kafka Connect's REST API.</summary>
public sealed record ConnectServerOptions
{
    /// <summary>The default address, which is that of Kafka Connect.</summary>
    public static readonly Uri DefaultListen = new("http://127.0.0.1:8083");

    /// <summary>Whether requests are refused that change connectors, their offsets or the levels of loggers.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The largest request body in bytes; 1 MiB by default.</summary>
    public long MostBodyBytes { get; init; } = 1 << 20;

    /// <summary>The cluster id that <c>GET /</c> returns, which is the id of the log.</summary>
    public string ClusterId { get; init; } = "";

    /// <summary>The log levels that <c>/admin/loggers</c> shows and changes; null, the default, for none.</summary>
    public LogLevels? Levels { get; init; }

    /// <summary>Makes the logger of unexpected errors, see docs/reference/logging.md; null, the default, for none.</summary>
    public ILoggerFactory? Loggers { get; init; }
}
