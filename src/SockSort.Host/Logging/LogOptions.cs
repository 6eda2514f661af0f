using Microsoft.Extensions.Logging;

namespace SockSort.Host.Logging;

/// <summary>What is logged, how, and where to.</summary>
public sealed record LogOptions
{
    /// <summary>What is less than this is left out. Default: information.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Room that is told of from information on at any level, as <c>SockSort.Connect</c>; null, the default: none.</summary>
    public string? Told { get; init; }

    /// <summary>Default: text.</summary>
    public LogFormat Format { get; init; } = LogFormat.Text;

    /// <summary>Also sends it there, as OTLP over gRPC: <c>http://localhost:4317</c>. Default: nowhere.</summary>
    public Uri? OpenTelemetry { get; init; }

    /// <summary>Clock of the lines.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
