using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using SockSort.Host.Listening.Access;

namespace SockSort.Host.Listening;

/// <summary>What an address serves: routes, and what they need. A project that offers routes need not reference the host.</summary>
public sealed record WebSurface
{
    /// <summary>The name that browsers show when they ask for the password: <c>live view</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Adds the routes that require the password.</summary>
    public required Action<WebApplication> Map { get; init; }

    /// <summary>Adds middleware before the password check: headers, and the handling of errors.</summary>
    public Action<WebApplication> MapBeforePassword { get; init; } = _ => { };

    /// <summary>Adds services.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    /// <summary>Sets Kestrel's limits.</summary>
    public Action<KestrelServerOptions> Limits { get; init; } = _ => { };

    /// <summary>Sets options of the connections' sockets.</summary>
    public Action<SocketTransportOptions> Sockets { get; init; } = _ => { };

    /// <summary>Answers a request without the right password. Default: in plain text.</summary>
    public Func<HttpContext, Refusal, Task> RefuseAsync { get; init; } = Refusal.AnswerAsTextAsync;

    /// <summary>Whether clients without TLS may start with HTTP/2, as ksqlDB's do.</summary>
    public bool TakesHttp2WithoutTls { get; init; }

    /// <summary>Ends requests that would not end by themselves, before the connections are closed.</summary>
    public Func<Task> EndAsync { get; init; } = () => Task.CompletedTask;

    /// <summary>How long running requests may take after <see cref="EndAsync"/>. Default 1 s.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(1);
}
