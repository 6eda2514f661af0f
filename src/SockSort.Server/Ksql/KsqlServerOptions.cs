using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace SockSort.Server.Ksql;

/// <summary>Settings of the server of ksqlDB's REST API.</summary>
public sealed record KsqlServerOptions
{
    /// <summary>ksqlDB's default address.</summary>
    public static readonly Uri DefaultListen = new("http://127.0.0.1:8088");

    /// <summary>Rejects statements that change anything: CREATE, DROP, INSERT, TERMINATE, ….</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The largest request body in bytes; 10 MiB by default.</summary>
    public long MostBodyBytes { get; init; } = 10 << 20;

    /// <summary>The largest number of concurrent push queries and PRINTs; 1000 by default.</summary>
    public int MostPushQueries { get; init; } = 1000;

    /// <summary>The largest number of rows of a pull query; 1 000 000 by default.</summary>
    public int MostPullRows { get; init; } = 1_000_000;

    /// <summary>
    /// How long a client may take to read that its query has ended before it is cut off; 10 s by default.
    /// </summary>
    public TimeSpan EndTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a pull query's client may read nothing of its answer before it is cut off; one minute by default.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Adds further routes behind the same password. Default: none.</summary>
    public Action<IEndpointRouteBuilder> MapMore { get; init; } = _ => { };

    /// <summary>Receive events about clients: docs/reference/logging.md. Null, the default, for none.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>The server's id in <c>/info</c>; by default that of ksqlDB.</summary>
    public string ServiceId { get; init; } = "default_";
}
