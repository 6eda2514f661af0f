using Microsoft.Extensions.Logging;

namespace SockSort.Host.Configuration.Settings;

/// <summary>What the process tells of itself.</summary>
public sealed record LoggingConfiguration : ConfigurationSection
{
    /// <summary>Trace to Error. Key <c>level</c>, default information.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>One JSON object a line, in place of text. Key <c>format</c>, default <c>text</c>.</summary>
    public bool IsJson { get; init; }

    /// <summary>Where logs and traces are sent by OTLP; null, the default: nowhere. Key <c>opentelemetry</c>.</summary>
    public Uri? OpenTelemetry { get; init; }
}
