using Microsoft.Extensions.Logging;

namespace SockSort.Server.Endpoint;

/// <summary>The limits of an endpoint.</summary>
public sealed record EndpointOptions
{
    /// <summary>SageMaker's default port.</summary>
    public const int DefaultPort = 8080;

    /// <summary>The largest request body in bytes, at least 1; a larger one is answered with 413. Default 16 MiB.</summary>
    public int MostRequestBytes { get; init; } = 16 << 20;

    /// <summary>The largest batch of pictures for one inference run, 1 to 64. Default 8.</summary>
    public int MostTogether { get; init; } = 8;

    /// <summary>
    /// Pictures that may wait for inference, at least 1; beyond that a request is answered with 503. Default 64, 0.6 MB each.
    /// </summary>
    public int MostWaiting { get; init; } = 64;

    /// <summary>Threads for inference, 1 to 64. Default: the number of cores, at most 4.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Receive the endpoint's events: docs/reference/logging.md. Null, the default, for none.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>
    /// How long running requests may take when the endpoint stops. Default 20 s, since SageMaker kills the container after 30 s.
    /// </summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(20);
}
