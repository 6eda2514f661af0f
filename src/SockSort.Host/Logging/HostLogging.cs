using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SockSort.Host.Logging;

/// <summary>
/// Creates the loggers of a process, and exports their events, the traces of requests and the figures of all parts
/// to a collector if one is configured.
/// </summary>
public sealed class HostLogging : IDisposable
{
    private const string Service = "socksort";

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    /// <param name="options">The events, their format and the collector.</param>
    /// <param name="output">Receives the lines; usually standard error. Not closed.</param>
    public HostLogging(LogOptions options, TextWriter output)
    {
        Levels = new LogLevels(options.Level, options.Time);
        if (options.InformationCategory is { } room)
            Levels.Begin(room, LogLevel.Information);
        Loggers = LoggerFactory.Create(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Trace);
            logging.AddFilter(Levels.IsOn);
            logging.AddProvider(new LogWriter(output, options));
            if (options.OpenTelemetry is { } collector)
                logging.AddOpenTelemetry(telemetry => Send(telemetry, collector));
        });
        if (options.OpenTelemetry is { } address)
            (_traces, _metrics) = (Traces(address), Metrics(address));
    }

    /// <summary>Which events are logged; may be changed while the process runs.</summary>
    public LogLevels Levels { get; }

    /// <summary>The loggers for all parts.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>Exports what the collector has not received yet. Call this after everything that logs has ended.</summary>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        Loggers.Dispose();
    }

    private static void Send(OpenTelemetryLoggerOptions telemetry, Uri collector)
    {
        telemetry.SetResourceBuilder(Resource());
        telemetry.IncludeFormattedMessage = true;
        telemetry.AddOtlpExporter(exporter => exporter.Endpoint = collector);
    }

    /// <summary>Traces of requests from ASP.NET Core's activity source; they hold path and status, but no headers and bodies.</summary>
    private static TracerProvider Traces(Uri collector) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(Resource())
        .AddSource("Microsoft.AspNetCore", "SockSort.*")
        .AddOtlpExporter(exporter => exporter.Endpoint = collector)
        .Build();

    /// <summary>The figures of all parts; they hold names of cameras, topics, queries and connectors, and no contents.</summary>
    private static MeterProvider Metrics(Uri collector) => Sdk.CreateMeterProviderBuilder()
        .SetResourceBuilder(Resource())
        .AddMeter("SockSort.*", "System.Runtime")
        .AddOtlpExporter(exporter => exporter.Endpoint = collector)
        .Build();

    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty().AddService(Service);
}
