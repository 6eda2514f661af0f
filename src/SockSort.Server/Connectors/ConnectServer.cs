using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Connect;
using SockSort.Connect.Worker;
using SockSort.Host.Listening;
using SockSort.Host.Listening.Access;
using SockSort.Host.Logging;
using SockSort.Log;
using SockSort.Server.Hosting;
using SockSort.Shared;
using SockSort.Sql;
using SockSort.Sql.Engine.Commands;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace SockSort.Server.Connectors;

/// <summary>Kafka Connect's REST API over a worker: <c>/connectors</c>, <c>/connector-plugins</c>, <c>/admin/loggers</c>, ….</summary>
/// <remarks>Source of paths, entities, codes and texts: Kafka Connect's REST API, version 4.1.</remarks>
public sealed class ConnectServer : IAsyncDisposable
{
    // Clients use this version to decide which requests they may send.
    private const string ConnectVersion = "4.1.0";

    private readonly WebListener _listener;

    private ConnectServer(WebListener listener) => _listener = listener;

    /// <summary>The addresses on which the server listens, with the actual ports.</summary>
    public IReadOnlyList<WebAddress> Addresses => _listener.Addresses;

    /// <param name="worker">The worker, owned by the caller, who disposes it after the server.</param>
    /// <param name="commands">The log that stores the connectors made by clients; it has been replayed over the same worker.</param>
    /// <param name="options">The settings of the API.</param>
    /// <param name="listening">The addresses to listen on, and the access rules.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <exception cref="ListeningException">The address cannot be listened on, or needs a password.</exception>
    public static async Task<ConnectServer> StartAsync(
        ConnectWorker worker, CommandLog commands, ConnectServerOptions options, WebListening listening,
        CancellationToken cancellation = default)
    {
        var surface = Surface(new SavedConnectors(worker, commands), options);
        return new ConnectServer(await WebListener.StartAsync(surface, listening, cancellation));
    }

    /// <summary>Answers the requests in progress, and stops.</summary>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private static WebSurface Surface(SavedConnectors saved, ConnectServerOptions options)
    {
        var log = (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<ConnectServer>();
        return new WebSurface
        {
            Name = "Connect",
            Limits = Limit,
            MapBeforePassword = app => app.Use(next => context => GuardAsync(context, next, log)),
            RefuseAsync = RefuseAsync,
            Map = app => Map(app, saved, options),
        };
    }

    // BoundedBody limits the size of request bodies.
    private static void Limit(KestrelServerOptions kestrel) => kestrel.Limits.MaxRequestBodySize = null;

    private static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        refusal.SetHeaders(context.Response);
        return ConnectAnswers.ErrorAsync(context, ConnectRestErrors.Refused(refusal));
    }

    private static void Map(WebApplication app, SavedConnectors saved, ConnectServerOptions options)
    {
        app.UseRouting();
        var routes = new ConnectRoutes(app, options.IsReadOnly);
        routes.Get("/", context => ConnectAnswers.JsonAsync(context, new JsonObject
        {
            ["version"] = ConnectVersion,
            ["commit"] = $"socksort {ProductVersion.Text}",
            ["kafka_cluster_id"] = options.ClusterId,
        }));
        routes.Get("/health", context => ConnectAnswers.JsonAsync(context, new JsonObject
        {
            ["status"] = "healthy",
            ["message"] = "Worker has completed startup and is ready to handle requests.",
        }));
        new ConnectorEndpoints(saved, options).Map(routes);
        new OffsetEndpoints(saved, options).Map(routes);
        new PluginEndpoints(saved.Worker.Plugins, options).Map(routes);
        new LoggerEndpoints(options.Levels ?? new LogLevels(LogLevel.None), options).Map(routes);
    }

    /// <summary>Turns every error into Connect's error entity.</summary>
    private static async Task GuardAsync(HttpContext context, RequestDelegate next, ILogger log)
    {
        try
        {
            if (ForeignPages.OriginOf(context.Request) is { } origin)
                throw ConnectRestErrors.ForeignPage(origin);
            await next(context);
            if (!context.Response.HasStarted && context.Response is { StatusCode: 404 or 405, ContentLength: null } plain)
                await ConnectAnswers.ErrorAsync(context, new(plain.StatusCode, ConnectRestErrors.Plain(plain.StatusCode)));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone, so no response is needed.
        }
        catch (Exception error)
        {
            var told = Told(error);
            if (told is null && error is not IOException)
            {
                var (method, path) = (context.Request.Method, context.Request.Path.ToUriComponent());
                log.ConnectRequestFailed(method, path, error.GetType().Name, error.StackTrace);
            }
            if (context.Response.HasStarted)
                throw;
            context.Response.Clear();
            await ConnectAnswers.ErrorAsync(context, told ?? ConnectRestErrors.Unexpected(error));
        }
    }

    /// <summary>Returns the response for an expected error; null for an unexpected one.</summary>
    private static ConnectRestException? Told(Exception error) => error switch
    {
        ConnectRestException known => known,
        ConnectException connector => ConnectRestErrors.Of(connector),
        SqlException statement => ConnectRestErrors.Of(statement),
        LogException storage => ConnectRestErrors.Of(storage),
        BadHttpRequestException bad => ConnectRestErrors.Body(bad.Message),
        OperationCanceledException => ConnectRestErrors.Stopping(),
        _ => null,
    };
}
