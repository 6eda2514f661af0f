using System.Net;
using Microsoft.Extensions.Logging;

namespace SockSort.Server.Endpoint;

/// <summary>Where a model is served, and how much it takes on at once.</summary>
public sealed record EndpointOptions
{
    /// <summary>SageMaker's own port.</summary>
    public const int DefaultPort = 8080;

    /// <summary>TCP port, 0 to 65535; 0 = a free one. Default 8080.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Address to listen on. Default: loopback only, IPv4 and IPv6; the endpoint asks nobody for a password.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Bytes of the largest picture, at least 1; a larger one is answered with 413. Default 16 MiB.</summary>
    public int MostRequestBytes { get; init; } = 16 << 20;

    /// <summary>Pictures that go through the model together, 1 to 64. Default 8.</summary>
    public int MostTogether { get; init; } = 8;

    /// <summary>Pictures that may wait for the model, at least 1; one more is answered with 503. Default 64, 0.6 MB each.</summary>
    public int MostWaiting { get; init; } = 64;

    /// <summary>Threads of the model, 1 to 64. Default: one a core, at most 4.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>What happens to the endpoint is logged there: docs/reference/logging.md. Null, the default: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>How long requests that are under way may take when the endpoint stops. Default 20 s; SageMaker kills after 30.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(20);
}
