using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using SockSort.Log;
using SockSort.Log.Opening;
using SockSort.Server.Hosting;
using SockSort.Server.Ksql.Endpoints;
using SockSort.Server.Ksql.Hosting;
using SockSort.Server.Ksql.Requests;
using SockSort.Server.Ksql.Statements;
using SockSort.Sql.Engine;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace SockSort.Server.Ksql;

/// <summary>
/// ksqlDB's REST API over an engine: <c>/ksql</c>, <c>/query</c>, <c>/query-stream</c>, <c>/inserts-stream</c>, <c>/info</c>, ….
/// </summary>
/// <remarks>Source of paths, content types, entities and codes: the reference of ksqlDB's REST API, version 0.29.</remarks>
public sealed class KsqlServer : IAsyncDisposable
{
    // That /metrics tells apart; of those that are terminated too.
    private const int MostQueries = 20_000;

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping;
    private readonly ServerLog _log;

    private KsqlServer(WebApplication app, CancellationTokenSource stopping, Uri address, ServerLog log) =>
        (_app, _stopping, Address, _log) = (app, stopping, address, log);

    /// <summary>Where it listens; with the real port where a free one was asked for.</summary>
    public Uri Address { get; }

    /// <param name="engine">Started; owned by the caller, who closes it after the server.</param>
    /// <param name="commands">Keeps what clients make; replayed.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="KsqlServerException">The address cannot be listened on, or needs a password.</exception>
    public static async Task<KsqlServer> StartAsync(
        SqlEngine engine, CommandLog commands, KsqlServerOptions options, CancellationToken cancellation = default)
    {
        var endpoint = EndpointOf(options);
        var stopping = new CancellationTokenSource();
        var log = new ServerLog(options);
        var app = Build(new SharedEngine(engine, commands, options, log), endpoint, stopping.Token);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException error)
        {
            await app.DisposeAsync();
            throw new KsqlServerException($"{options.Listen} cannot be listened on: {error.Message}", error);
        }
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        log.Started(new Uri(address));
        return new KsqlServer(app, stopping, new Uri(address), log);
    }

    /// <summary>Ends push queries, answers what has been asked, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
        _log.Stopped();
    }

    private static IPEndPoint EndpointOf(KsqlServerOptions options)
    {
        if (options.Listen.Scheme != Uri.UriSchemeHttp)
            throw new KsqlServerException(
                $"'{options.Listen}' cannot be listened on, expected http://ADDRESS:PORT; put a proxy in front for TLS");
        var address = options.Listen.IsLoopback && !IPAddress.TryParse(options.Listen.DnsSafeHost, out _) ? IPAddress.Loopback
            : IPAddress.TryParse(options.Listen.DnsSafeHost, out var given) ? given
            : throw new KsqlServerException($"'{options.Listen.Host}' is no address of this machine, expected one as 127.0.0.1 or 0.0.0.0");
        if (!IPAddress.IsLoopback(address) && options.Password is null)
            throw new KsqlServerException($"{options.Listen} can be reached from other machines: set a password, or listen on 127.0.0.1");
        return new IPEndPoint(address, options.Listen.Port);
    }

    private static WebApplication Build(SharedEngine shared, IPEndPoint endpoint, CancellationToken stopping)
    {
        var (engine, options) = (shared.Engine, shared.Options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(shared.Log);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var meter = new QueryMeter(engine, TimeProvider.System);
        var connectors = new ConnectorMeter(engine, $"{meter.Name}.Connectors");
        builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("socksort"))
            .WithMetrics(metrics => metrics
                .AddMeter(meter.Name, connectors.Name, DataFolder.MeterName, "SockSort.Mqtt.*")
                .AddView("*", new MetricStreamConfiguration { CardinalityLimit = MostQueries })
                // Who asks sees what is, also right after another who asked.
                .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));
        // By a factory, so that it goes with the server.
        builder.Services.AddSingleton(_ => meter);
        builder.Services.AddSingleton(_ => connectors);
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options, endpoint));
        var app = builder.BuildFor(endpoint.Address);
        _ = app.Services.GetRequiredService<QueryMeter>();
        _ = app.Services.GetRequiredService<ConnectorMeter>();
        app.UseWebSockets();
        app.Use(next => context => GuardAsync(context, next, new AccessCheck(options.Password), shared.Log, stopping));
        app.UseRouting();
        Map(app, shared, stopping);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, KsqlServerOptions options, IPEndPoint endpoint)
    {
        kestrel.AddServerHeader = false;
        // HTTP/2 without TLS says 'http' where Kestrel, after CleartextHttp2, expects 'https'.
        kestrel.AllowAlternateSchemes = true;
        // Of lines that never end, each; of other bodies, by RequestBody.
        kestrel.Limits.MaxRequestBodySize = null;
        // A push query's client may read slowly, an inserting one send slowly.
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.ListenToo(endpoint.Address, endpoint.Port, listen => listen.UseCleartextHttp2());
    }

    private static void Map(WebApplication app, SharedEngine shared, CancellationToken stopping)
    {
        var runner = new StatementRunner(shared);
        new InfoEndpoints(shared, TimeProvider.System).Map(app);
        new StatementEndpoints(shared, runner).Map(app);
        new QueryEndpoints(shared, runner, stopping).Map(app);
        new InsertEndpoint(shared).Map(app);
        new SocketEndpoint(shared, runner, stopping).Map(app);
        app.MapPrometheusScrapingEndpoint();
        app.MapFallback(Methods.Refuse);
    }

    /// <summary>Turns whatever goes wrong into ksqlDB's error entity.</summary>
    private static async Task GuardAsync(
        HttpContext context, RequestDelegate next, AccessCheck access, ServerLog log, CancellationToken stopping)
    {
        try
        {
            AccessCheck.RequireOwnPage(context.Request);
            access.Require(context.Request);
            if (stopping.IsCancellationRequested)
                throw RestErrors.Stopping();
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception error)
        {
            Tell(context.Request, error, log);
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

    /// <summary>Logs what went wrong inside; what a client did wrong is told to the client, and a broken connection to nobody.</summary>
    private static void Tell(HttpRequest request, Exception error, ServerLog log)
    {
        if (error is RestException { Status: StatusCodes.Status401Unauthorized })
            log.PasswordRefused();
        else if (error is not (RestException or BadHttpRequestException or LogException or OperationCanceledException or IOException))
            log.Failed(request, error);
    }
}
