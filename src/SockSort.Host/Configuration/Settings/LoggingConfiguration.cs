using Microsoft.Extensions.Logging;
using SockSort.Host.Logging;

namespace SockSort.Host.Configuration.Settings;

/// <summary>The events that the process logs.</summary>
public sealed record LoggingConfiguration : ConfigurationSection
{
    /// <summary>The lowest level to log, Trace to Error. Key <c>level</c>, default information.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>The format of the lines. Key <c>format</c>, default <c>text</c>.</summary>
    public LogFormat Format { get; init; } = LogFormat.Text;

    /// <summary>
    /// The collector that receives logs, traces and metrics over OTLP; null, the default, for none. Key <c>opentelemetry</c>.
    /// </summary>
    public Uri? OpenTelemetry { get; init; }
}
