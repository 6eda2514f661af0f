using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace SockSort.Server.Ksql;

/// <summary>Settings of the ksqlDB REST server.</summary>
public sealed record KsqlServerOptions
{
    /// <summary>ksqlDB's own address.</summary>
    public static readonly Uri DefaultListen = new("http://127.0.0.1:8088");

    /// <summary>Refuses statements that change what runs: CREATE, DROP, INSERT, TERMINATE, ….</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Bytes of a request's body; 10 MiB by default.</summary>
    public long MostBodyBytes { get; init; } = 10 << 20;

    /// <summary>Push queries and PRINTs at once; 1000 by default.</summary>
    public int MostPushQueries { get; init; } = 1000;

    /// <summary>Rows of a pull query; 1 000 000 by default.</summary>
    public int MostPullRows { get; init; } = 1_000_000;

    /// <summary>
    /// How long a client that does not read may take to read that its query has ended, before it is cut off; 10 s by default.
    /// </summary>
    public TimeSpan LastWords { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a pull query's client may take nothing of its answer before it is cut off; a minute by default.</summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Adds routes of others, behind the same password. Default: none.</summary>
    public Action<IEndpointRouteBuilder> MapMore { get; init; } = _ => { };

    /// <summary>What happens to clients is logged there: docs/reference/logging.md. Null, the default: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>What <c>/info</c> calls this server; ksqlDB's own default.</summary>
    public string ServiceId { get; init; } = "default_";
}
