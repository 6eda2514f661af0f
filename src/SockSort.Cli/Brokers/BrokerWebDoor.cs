using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SockSort.Host.Listening;
using SockSort.Host.Parts;
using SockSort.Mqtt.Broker;

namespace SockSort.Cli.Brokers;

/// <summary>MQTT over WebSockets (section 6 of both versions): clients of browsers come to the broker at the path <c>/mqtt</c>.</summary>
/// <remarks>
/// The Origin of a page is not looked at: it protects servers that trust a browser's cookies, and here each client sends user and password
/// in MQTT's own login, which the page must know.
/// </remarks>
internal sealed class BrokerWebDoor : IAsyncDisposable
{
    private const string Path = "/mqtt";
    private const string Spoken = "MQTT over WebSockets is spoken here: connect with ws:// or wss://";
    private const string SubProtocol = "mqtt";

    // Before version 3.1.1 had a name of its own for it.
    private const string OldSubProtocol = "mqttv3.1";

    private static readonly TimeSpan LoginTime = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping;
    private readonly WebListener _listener;

    private BrokerWebDoor(CancellationTokenSource stopping, WebListener listener) => (_stopping, _listener) = (stopping, listener);

    /// <summary>As clients write them: <c>ws://127.0.0.1:9001/mqtt</c>.</summary>
    public IEnumerable<string> Addresses => _listener.Addresses.Select(Shown);

    /// <summary>Listens where the setup says; its clients are the broker's, with the same users and limits.</summary>
    /// <exception cref="ListeningException">An address cannot be listened on, or the certificate cannot be used.</exception>
    public static async Task<BrokerWebDoor> StartAsync(
        PartHost host, EmbeddedBroker broker, WebListening listening, CancellationToken cancellation)
    {
        var stopping = new CancellationTokenSource();
        var surface = new WebSurface
        {
            Name = "MQTT over WebSockets",
            Limits = Limit,
            Map = app => Map(app, broker, stopping.Token),
            EndAsync = stopping.CancelAsync,
        };
        var listener = await host.StartAsync("broker's web door", async () => new BrokerWebDoor(
            stopping, await WebListener.StartAsync(surface, listening with { Loggers = host.Loggers }, cancellation)));
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _stopping.Dispose();
    }

    private static string Shown(WebAddress address)
    {
        var scheme = address.IsTls ? "wss" : "ws";
        return $"{scheme}://{new IPEndPoint(address.Address, address.Port)}{Path}";
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.RequestHeadersTimeout = LoginTime;
        kestrel.Limits.KeepAliveTimeout = LoginTime;
    }

    private static void Map(WebApplication app, EmbeddedBroker broker, CancellationToken stopping)
    {
        // MQTT has a keep alive of its own.
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        app.Run(context => ServeAsync(context, broker, stopping));
    }

    private static async Task ServeAsync(HttpContext context, EmbeddedBroker broker, CancellationToken stopping)
    {
        var sockets = context.WebSockets;
        if (context.Request.Path != Path)
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"MQTT over WebSockets is at {Path}");
        else if (!sockets.IsWebSocketRequest)
            await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, Spoken);
        else if (SubProtocolOf(sockets) is not { } agreed)
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"ask for the subprotocol '{SubProtocol}'");
        else
            await ServeAsync(context, broker, agreed, stopping);
    }

    private static async Task ServeAsync(HttpContext context, EmbeddedBroker broker, string agreed, CancellationToken stopping)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(agreed);
        await using var stream = new WebSocketMessages(socket);
        var remote = context.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, context.Connection.RemotePort) : null;
        await broker.ServeAsync(stream, remote, stopping);
        await stream.CloseAsync();
    }

    private static string? SubProtocolOf(WebSocketManager sockets) =>
        new[] { SubProtocol, OldSubProtocol }.FirstOrDefault(sockets.WebSocketRequestedProtocols.Contains);

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(reason + "\n", context.RequestAborted);
    }
}
