using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace SockSort.Edge.LiveView.Phone;

/// <summary>The page that makes a phone the camera, and the WebSocket on which its pictures come.</summary>
/// <param name="options">Name the camera; without a feed each request is told that the camera is no phone.</param>
internal sealed class PhoneEndpoints(LiveViewOptions options)
{
    public const string Path = "/phone";

    private const string SocketPath = $"{Path}/socket";
    private const string TicketPath = $"{Path}/ticket";

    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(10);
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private readonly PhoneTickets _tickets = new(options.Time);
    private readonly PhonePage _page = PhonePage.For(options);
    private readonly ILogger _log = (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<LiveViewEndpoints>();

    /// <summary>Adds the WebSocket, which its ticket protects and not the password: see <see cref="PhoneTickets"/>.</summary>
    /// <param name="app">Not yet guarded.</param>
    /// <param name="ending">Signals that the view ends.</param>
    public void MapBeforePassword(IApplicationBuilder app, CancellationToken ending) => app.Map(SocketPath, socket =>
    {
        socket.UseWebSockets(new WebSocketOptions { KeepAliveInterval = AliveEvery, KeepAliveTimeout = AliveEvery });
        socket.Run(context => ServeAsync(context, ending));
    });

    /// <summary>Adds the page and the tickets, behind the password.</summary>
    public void Map(WebApplication app)
    {
        app.MapMethods(Path, Reading, PageAsync);
        app.MapGet(TicketPath, TicketAsync);
    }

    private Task PageAsync(HttpContext context)
    {
        if (options.Feed is null)
            return NoPhoneAsync(context);
        context.Response.Headers.ContentSecurityPolicy = _page.ContentSecurityPolicy;
        return Answers.SendAsync(context, "text/html; charset=utf-8", _page.Html);
    }

    private Task TicketAsync(HttpContext context) => options.Feed is null
        ? NoPhoneAsync(context)
        : Answers.SendAsync(context, "text/plain; charset=utf-8", Encoding.ASCII.GetBytes(_tickets.Issue()));

    private async Task ServeAsync(HttpContext context, CancellationToken ending)
    {
        if (options.Feed is not { } feed)
            await NoPhoneAsync(context);
        else if (!context.WebSockets.IsWebSocketRequest)
            await Answers.TextAsync(context, StatusCodes.Status426UpgradeRequired, LiveViewErrors.NoWebSocket);
        else if (WebOrigin.IsForeign(context.Request))
            await Answers.TextAsync(context, StatusCodes.Status403Forbidden, LiveViewErrors.ForeignPage);
        else if (!_tickets.Redeem(context.Request.Query["ticket"].ToString()))
            await Answers.TextAsync(context, StatusCodes.Status403Forbidden, LiveViewErrors.NoTicket(TicketPath));
        else
        {
            EndlessRequest.LiftLimits(context);
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            _log.PhoneConnected(options.CameraName, $"{context.Connection.RemoteIpAddress}");
            await new PhoneSocket(socket, feed).ServeAsync(ending);
        }
    }

    private static Task NoPhoneAsync(HttpContext context) =>
        Answers.TextAsync(context, StatusCodes.Status404NotFound, LiveViewErrors.NoPhone);
}
