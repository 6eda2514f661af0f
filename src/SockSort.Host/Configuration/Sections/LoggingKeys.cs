using Microsoft.Extensions.Logging;
using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Configuration.Values;
using SockSort.Host.Logging;

namespace SockSort.Host.Configuration.Sections;

/// <summary>The keys of <c>logging</c>.</summary>
internal static class LoggingKeys
{
    private static readonly ConfigurationKey<LogLevel> Level = new(
        "level",
        new ChoiceType<LogLevel>(
        [
            ("trace", LogLevel.Trace), ("debug", LogLevel.Debug), ("information", LogLevel.Information), ("warning", LogLevel.Warning),
            ("error", LogLevel.Error),
        ]),
        "What is less grave is not told.")
    { Default = "information" };

    private static readonly ConfigurationKey<LogFormat> Format = new(
        "format",
        new ChoiceType<LogFormat>([("text", LogFormat.Text), ("json", LogFormat.Json)]),
        "Lines for people, or one JSON object a line.")
    { Default = "text" };

    private static readonly ConfigurationKey<Uri> OpenTelemetry = new(
        "opentelemetry",
        new UrlType("http://127.0.0.1:4317", "http", "https"),
        "Address of an OpenTelemetry collector (OTLP) that logs, traces and metrics are sent to.")
    { DefaultWords = "nothing is sent", Example = "http://127.0.0.1:4317" };

    public static Section<LoggingConfiguration> Section { get; } = new([Level, Format, OpenTelemetry], values => new LoggingConfiguration
    {
        Level = values.Of(Level),
        Format = values.Of(Format),
        OpenTelemetry = values.Of(OpenTelemetry),
    });
}
