using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using SockSort.Host.Listening.Access;

namespace SockSort.Host.Listening;

/// <summary>What is served at an address: its routes, and what they need. Who offers routes need not know the host.</summary>
public sealed record WebSurface
{
    /// <summary>As browsers show it where they ask for the password: <c>live view</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Adds the routes, which are for those who know the password.</summary>
    public required Action<WebApplication> Map { get; init; }

    /// <summary>Adds what comes before the question for the password: headers, and what turns errors into answers.</summary>
    public Action<WebApplication> MapBeforePassword { get; init; } = _ => { };

    /// <summary>Adds services.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    /// <summary>Sets Kestrel's limits.</summary>
    public Action<KestrelServerOptions> Limits { get; init; } = _ => { };

    /// <summary>Sets what concerns the connections' sockets.</summary>
    public Action<SocketTransportOptions> Sockets { get; init; } = _ => { };

    /// <summary>Answers who does not know the password. Default: in plain text.</summary>
    public Func<HttpContext, Refusal, Task> RefuseAsync { get; init; } = Refusal.AnswerAsTextAsync;

    /// <summary>Whether clients without TLS may begin with HTTP/2, as ksqlDB's do.</summary>
    public bool TakesHttp2WithoutTls { get; init; }

    /// <summary>Ends what would not end by itself, or waits for it, before the connections are closed.</summary>
    public Func<Task> EndAsync { get; init; } = () => Task.CompletedTask;

    /// <summary>How long requests that are under way may take after that. Default 1 s.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(1);
}
