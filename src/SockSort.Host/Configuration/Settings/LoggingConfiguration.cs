using Microsoft.Extensions.Logging;
using SockSort.Host.Logging;

namespace SockSort.Host.Configuration.Settings;

/// <summary>What the process tells of itself.</summary>
public sealed record LoggingConfiguration : ConfigurationSection
{
    /// <summary>Trace to Error. Key <c>level</c>, default information.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Key <c>format</c>, default <c>text</c>.</summary>
    public LogFormat Format { get; init; } = LogFormat.Text;

    /// <summary>Where logs and traces are sent by OTLP; null, the default: nowhere. Key <c>opentelemetry</c>.</summary>
    public Uri? OpenTelemetry { get; init; }
}
