using Microsoft.Extensions.Logging;

namespace SockSort.Host.Logging;

/// <summary>Which events are logged, in which format, and where to.</summary>
public sealed record LogOptions
{
    /// <summary>The lowest level that is logged. Default: information.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>
    /// A category, as <c>SockSort.Connect</c>, that is logged from information on at any level; null, the default, for none.
    /// </summary>
    public string? InformationCategory { get; init; }

    /// <summary>The format of the lines. Default: text.</summary>
    public LogFormat Format { get; init; } = LogFormat.Text;

    /// <summary>A collector that also receives the events, over OTLP with gRPC: <c>http://localhost:4317</c>. Default: none.</summary>
    public Uri? OpenTelemetry { get; init; }

    /// <summary>Clock for the lines.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
