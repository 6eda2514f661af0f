using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SockSort.Host.Logging;

/// <summary>The loggers of a process, and what sends their events and the traces of requests to a collector where one is named.</summary>
public sealed class HostLogging : IDisposable
{
    private const string Service = "socksort";

    private readonly TracerProvider? _traces;

    /// <param name="options">Which events, in which form, and whether to a collector too.</param>
    /// <param name="output">Takes the lines; usually standard error. Not closed.</param>
    public HostLogging(LogOptions options, TextWriter output)
    {
        Levels = new LogLevels(options.Level, options.Time);
        if (options.Told is { } room)
            Levels.Begin(room, LogLevel.Information);
        Loggers = LoggerFactory.Create(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Trace);
            logging.AddFilter(Levels.IsOn);
            logging.AddProvider(new LogWriter(output, options));
            if (options.OpenTelemetry is { } collector)
                logging.AddOpenTelemetry(telemetry => Send(telemetry, collector));
        });
        _traces = options.OpenTelemetry is { } address ? Traces(address) : null;
    }

    /// <summary>Which events are logged; may be changed while the process runs.</summary>
    public LogLevels Levels { get; }

    /// <summary>For all parts.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>When all that log have ended: what a collector has not been sent yet is sent now.</summary>
    public void Dispose()
    {
        _traces?.Dispose();
        Loggers.Dispose();
    }

    private static void Send(OpenTelemetryLoggerOptions telemetry, Uri collector)
    {
        telemetry.SetResourceBuilder(Resource());
        telemetry.IncludeFormattedMessage = true;
        telemetry.AddOtlpExporter(exporter => exporter.Endpoint = collector);
    }

    /// <summary>ASP.NET Core names its own source so; the path and status of a request are in it, headers and bodies are not.</summary>
    private static TracerProvider Traces(Uri collector) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(Resource())
        .AddSource("Microsoft.AspNetCore", "SockSort.*")
        .AddOtlpExporter(exporter => exporter.Endpoint = collector)
        .Build();

    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty().AddService(Service);
}
