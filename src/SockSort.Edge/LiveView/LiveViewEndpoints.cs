using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SockSort.Edge.LiveView;

/// <summary>The answers of the live view, and what they are made of.</summary>
internal sealed class LiveViewEndpoints(LiveViewOptions options) : IDisposable
{
    private readonly FrameHub _frames = new();
    private readonly FrameEncoder _encoder = new();
    private readonly FrameHistory _history = new(options.Time);
    private readonly LivePage _page = LivePage.For(options.CameraName);
    private readonly CancellationTokenSource _ending = new();
    private int _viewers;

    /// <summary>Streams that are open now.</summary>
    public int Viewers => Volatile.Read(ref _viewers);

    public void Show(LiveFrame frame)
    {
        _history.Add(frame);
        _frames.Show(frame);
    }

    public void EndStreams() => _ending.Cancel();

    /// <summary>When the server has ended, and nobody asks any more.</summary>
    public void Dispose()
    {
        _ending.Dispose();
        _encoder.Dispose();
    }

    public void MapTo(WebApplication app)
    {
        app.Use(AddHeadersAsync);
        app.MapGet("/", context => SendAsync(context, "text/html; charset=utf-8", _page.Html));
        app.MapGet("/stream.mjpg", StreamAsync);
        app.MapGet("/frame.jpg", PictureAsync);
        app.MapGet("/status.json", context =>
            SendAsync(context, "application/json", JsonSerializer.SerializeToUtf8Bytes(Status(), LiveStatusJson.Default.LiveStatus)));
        app.MapGet("/healthz", HealthAsync);
    }

    private Task AddHeadersAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = _page.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(context);
    }

    private async Task StreamAsync(HttpContext context)
    {
        try
        {
            if (Interlocked.Increment(ref _viewers) > options.MaxViewers)
            {
                await RefuseAsync(context, $"all {options.MaxViewers} streams are taken: close another window of the live view\n");
                return;
            }
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _ending.Token);
            await MjpegStream.SendAsync(context.Response, _frames, _encoder, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The viewer left, or the view ends.
        }
        finally
        {
            Interlocked.Decrement(ref _viewers);
        }
    }

    private Task PictureAsync(HttpContext context) => _frames.Latest is { } frame
        ? SendAsync(context, "image/jpeg", _encoder.Jpeg(frame))
        : RefuseAsync(context, "no frame yet\n");

    private Task HealthAsync(HttpContext context)
    {
        var state = State();
        return state == "live" ? SendAsync(context, "text/plain", "ok\n"u8.ToArray()) : RefuseAsync(context, $"{state}\n");
    }

    private LiveStatus Status() => new(
        options.CameraName,
        State(),
        _frames.Latest is { } frame
            ? new LiveStatusFrame(frame.Number, frame.Name, frame.CapturedAt, frame.Label, Math.Round(frame.Percent, 2))
            : null,
        Math.Round(_history.Rate, 2),
        Viewers,
        _history.Labels,
        options.Panels());

    private string State() => _history.Age is not { } age ? "waiting" : age > options.StalledAfter ? "stalled" : "live";

    private static Task RefuseAsync(HttpContext context, string reason)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }

    private static async Task SendAsync(HttpContext context, string type, byte[] body)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
