using Microsoft.Extensions.Logging;
using SockSort.Host.Logging;

namespace SockSort.Server.Connectors;

/// <summary>Settings of Kafka Connect's REST API.</summary>
public sealed record ConnectServerOptions
{
    /// <summary>Kafka Connect's own address.</summary>
    public static readonly Uri DefaultListen = new("http://127.0.0.1:8083");

    /// <summary>Refuses what changes connectors, their offsets or the levels of loggers.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Bytes of a request's body; 1 MiB by default.</summary>
    public long MostBodyBytes { get; init; } = 1 << 20;

    /// <summary>What <c>GET /</c> gives as the cluster's id: that of the log.</summary>
    public string ClusterId { get; init; } = "";

    /// <summary>The levels that <c>/admin/loggers</c> shows and changes; null, the default: there are none.</summary>
    public LogLevels? Levels { get; init; }

    /// <summary>What goes wrong unexpectedly is logged there: docs/reference/logging.md. Null, the default: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }
}
