using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using SockSort.Host.Listening;
using SockSort.Host.Listening.Access;
using SockSort.Log;
using SockSort.Log.Opening;
using SockSort.Server.Hosting;
using SockSort.Server.Ksql.Endpoints;
using SockSort.Server.Ksql.Hosting;
using SockSort.Server.Ksql.Requests;
using SockSort.Server.Ksql.Statements;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Commands;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace SockSort.Server.Ksql;

/// <summary>
/// Serves ksqlDB's REST API for an engine: <c>/ksql</c>, <c>/query</c>, <c>/query-stream</c>, <c>/inserts-stream</c>, <c>/info</c>, ….
/// </summary>
/// <remarks>Source of paths, content types, entities and error codes: the reference of ksqlDB's REST API, version 0.29.</remarks>
public sealed class KsqlServer : IAsyncDisposable
{
    // The largest number of queries, including terminated ones, that /metrics distinguishes.
    private const int MostQueries = 20_000;

    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    private readonly WebListener _listener;

    private KsqlServer(WebListener listener) => _listener = listener;

    /// <summary>The actual addresses.</summary>
    public IReadOnlyList<WebAddress> Addresses => _listener.Addresses;

    /// <param name="engine">A started engine; the caller owns it and closes it after the server.</param>
    /// <param name="commands">Stores the statements that clients run; already replayed.</param>
    /// <param name="options">The limits.</param>
    /// <param name="listening">The addresses and the password.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <exception cref="ListeningException">The address cannot be listened on, or needs a password.</exception>
    public static async Task<KsqlServer> StartAsync(
        SqlEngine engine, CommandLog commands, KsqlServerOptions options, WebListening listening, CancellationToken cancellation = default)
    {
        var surface = Surface(engine, commands, options);
        return new KsqlServer(await WebListener.StartAsync(surface, listening, cancellation));
    }

    /// <summary>Ends push queries, completes running requests, and stops.</summary>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private static WebSurface Surface(SqlEngine engine, CommandLog commands, KsqlServerOptions options)
    {
        var stopping = new CancellationTokenSource();
        var log = new ServerLog(options);
        return new WebSurface
        {
            Name = "SQL server",
            Services = services => AddServices(services, engine, options, log),
            Limits = Limit,
            TakesHttp2WithoutTls = true,
            MapBeforePassword = app => Guard(app, log, stopping.Token),
            RefuseAsync = RefuseAsync,
            Map = app => Map(app, new SharedEngine(engine, commands, options, log), options, stopping.Token),
            EndAsync = stopping.CancelAsync,
            StopWithin = StopWithin,
        };
    }

    private static void AddServices(IServiceCollection services, SqlEngine engine, KsqlServerOptions options, ServerLog log)
    {
        services.AddSingleton(options);
        services.AddSingleton(log);
        var meter = new QueryMeter(engine, TimeProvider.System);
        var connectors = new ConnectorMeter(engine, $"{meter.Name}.Connectors");
        services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("socksort"))
            .WithMetrics(metrics => metrics
                .AddMeter(meter.Name, connectors.Name, DataFolder.MeterName, LogTopicsMeter.Name, "SockSort.Mqtt.*", "SockSort.Edge")
                // Memory, processor time and garbage collection of the process.
                .AddMeter("System.Runtime")
                .AddView("*", new MetricStreamConfiguration { CardinalityLimit = MostQueries })
                // No cache, so that each scrape sees the current values.
                .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));
        // Registered by a factory, so that the container disposes of it.
        services.AddSingleton(_ => meter);
        services.AddSingleton(_ => connectors);
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        // For HTTP/2 without TLS the scheme is 'http', but Kestrel expects 'https' once the protocol was negotiated.
        kestrel.AllowAlternateSchemes = true;
        // Endless bodies are limited line by line, the others by RequestBody.
        kestrel.Limits.MaxRequestBodySize = null;
        // Clients of push queries may read slowly, and clients that insert may send slowly.
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
    }

    private static void Guard(WebApplication app, ServerLog log, CancellationToken stopping)
    {
        _ = app.Services.GetRequiredService<QueryMeter>();
        _ = app.Services.GetRequiredService<ConnectorMeter>();
        app.UseWebSockets();
        app.Use(next => context => GuardAsync(context, next, log, stopping));
    }

    private static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        refusal.SetHeaders(context.Response);
        return Answers.ErrorAsync(context, RestErrors.Refused(refusal));
    }

    private static void Map(WebApplication app, SharedEngine shared, KsqlServerOptions options, CancellationToken stopping)
    {
        app.UseRouting();
        var runner = new StatementRunner(shared);
        new InfoEndpoints(shared, TimeProvider.System).Map(app);
        new StatementEndpoints(shared, runner).Map(app);
        new QueryEndpoints(shared, runner, stopping).Map(app);
        new InsertEndpoint(shared).Map(app);
        new SocketEndpoint(shared, runner, stopping).Map(app);
        app.MapPrometheusScrapingEndpoint();
        options.MapMore(app);
        app.MapFallback(Methods.Refuse);
    }

    /// <summary>Turns every exception into ksqlDB's error entity.</summary>
    private static async Task GuardAsync(HttpContext context, RequestDelegate next, ServerLog log, CancellationToken stopping)
    {
        try
        {
            if (ForeignPages.OriginOf(context.Request) is { } origin)
                throw RestErrors.ForeignPage(origin);
            if (stopping.IsCancellationRequested)
                throw RestErrors.Stopping();
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected, so nothing is sent.
        }
        catch (Exception error)
        {
            if (IsUnexpected(error))
                log.Failed(context.Request, error);
            if (context.Response.HasStarted)
                throw;
            context.Response.Clear();
            await Answers.ErrorAsync(context, error switch
            {
                RestException known => known,
                BadHttpRequestException bad => RestErrors.BadRequest(bad.Message),
                LogException storage => RestErrors.Storage(storage),
                OperationCanceledException when stopping.IsCancellationRequested => RestErrors.Stopping(),
                _ => RestErrors.Unexpected(error),
            });
        }
    }

    /// <summary>Whether to log an error: the client's own errors are only answered, and broken connections are ignored.</summary>
    private static bool IsUnexpected(Exception error) =>
        error is not (RestException or BadHttpRequestException or LogException or OperationCanceledException or IOException);
}
