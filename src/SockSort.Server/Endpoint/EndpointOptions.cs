using Microsoft.Extensions.Logging;

namespace SockSort.Server.Endpoint;

/// <summary>How much an endpoint takes on at once.</summary>
public sealed record EndpointOptions
{
    /// <summary>SageMaker's own port.</summary>
    public const int DefaultPort = 8080;

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
