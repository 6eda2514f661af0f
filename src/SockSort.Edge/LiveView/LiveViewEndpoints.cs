using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Edge.Cameras;
using SockSort.Edge.Cameras.Browser;
using SockSort.Edge.LiveView.Phone;
using SockSort.Shared;

namespace SockSort.Edge.LiveView;

/// <summary>
/// The live view as HTTP routes for any host: the page, the frames as MJPEG and as single JPEGs, and figures for programs.
/// </summary>
/// <remarks>Each frame is encoded once for all viewers, and only while somebody watches. Thread-safe.</remarks>
public sealed class LiveViewEndpoints(LiveViewOptions options) : IDisposable
{
    private const double LeastBytesPerSecond = 2048;

    private const int LongestViewer = 64;

    // After this time a viewer that does not read has been cut off, so a place may be free.
    private const string RetryAfterSeconds = "30";

    // A camera that gives one frame in ten seconds is slow but not stalled, so the limit grows with its usual interval.
    private const int UsualIntervals = 3;

    // Kestrel accepts only grace periods longer than one second.
    private static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(2);

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private readonly FrameHub _frames = new();
    private readonly FrameEncoder _encoder = new();
    private readonly FrameHistory _history = new(options.Time);
    private readonly ViewerPlaces _places = new(options.MaxViewers);
    private readonly Embedding _embedding = new(options.Embedders);
    private readonly LivePage _page = LivePage.For(options);
    private readonly ILogger _log = (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<LiveViewEndpoints>();
    private readonly GrowingCount _cutOff = new(options.Time);
    private readonly CancellationTokenSource _ending = new();
    private readonly PhoneEndpoints _phone = new(options);

    /// <summary>Where the pictures of a phone come in; null if the camera is no phone.</summary>
    public BrowserFeed? Feed => options.Feed;

    /// <summary>Streams that are open now.</summary>
    public int Viewers => _places.Taken;

    /// <summary>Streams that were cut off because their viewer read nothing or too slowly.</summary>
    public long CutOff => _places.CutOff;

    /// <summary>Makes this the frame that viewers see next. Returns at once, and costs almost nothing while nobody watches.</summary>
    public void Show(LiveFrame frame)
    {
        _history.Add(frame);
        _frames.Show(frame);
    }

    /// <summary>Ends all streams, which do not end by themselves.</summary>
    public void EndStreams() => _ending.Cancel();

    /// <summary>Sets Kestrel's limits: how slowly a client may read, and how many may connect.</summary>
    public void Limit(KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxConcurrentConnections = 256;
        kestrel.Limits.MaxResponseBufferSize = ViewerSockets.BufferBytes;
        // This limit is for responses other than streams and for whole HTTP/2 connections: a client that does not read them is cut off too.
        // It applies later than the limit of a stream, so that a viewer is cut off by the latter and counted.
        kestrel.Limits.MinResponseDataRate = new MinDataRate(LeastBytesPerSecond, LeastGrace + 2 * options.ReadWithin);
    }

    /// <summary>Keeps the socket buffers towards a viewer small, and detects viewers that are gone.</summary>
    public static void ConfigureSockets(SocketTransportOptions sockets) => ViewerSockets.Configure(sockets);

    /// <summary>Must be called after the server has ended, when no request can come any more.</summary>
    public void Dispose()
    {
        _ending.Dispose();
        _encoder.Dispose();
    }

    /// <summary>Adds the headers that each response carries, also one to a client that does not know the password.</summary>
    public void MapHeaders(WebApplication app)
    {
        app.Use(AddHeadersAsync);
        app.Use(_embedding.AddHeadersAsync);
        _phone.MapBeforePassword(app, _ending.Token);
    }

    /// <summary>Adds the routes of the live view.</summary>
    public void Map(WebApplication app)
    {
        app.MapMethods("/", Reading, context => Answers.SendAsync(context, "text/html; charset=utf-8", _page.Html()));
        app.MapMethods("/stream.mjpg", Reading, StreamAsync);
        app.MapMethods("/frame.jpg", Reading, PictureAsync);
        app.MapMethods("/status.json", Reading, StatusAsync);
        app.MapMethods("/metrics", Reading, MetricsAsync);
        app.MapMethods("/healthz", Reading, HealthAsync);
        _phone.Map(app);
    }

    private Task MetricsAsync(HttpContext context) =>
        Answers.SendAsync(context, LiveMetrics.MediaType, Encoding.UTF8.GetBytes(LiveMetrics.Write(options.Figures())));

    private Task AddHeadersAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = _page.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return next(context);
    }

    private async Task StreamAsync(HttpContext context)
    {
        if (PartForms.Of(context.Request) is not { } form)
        {
            var given = context.Request.Query[PartForms.Query].ToString();
            await Answers.TextAsync(context, StatusCodes.Status400BadRequest, LiveViewErrors.UnknownParts(given));
            return;
        }
        if (ResolutionOf(context.Request) is not { } resolution)
        {
            await UnknownResolutionAsync(context);
            return;
        }
        if (HttpMethods.IsHead(context.Request.Method))
        {
            await TellOfStreamAsync(context);
            return;
        }
        using var place = _places.TryTake(ViewerOf(context.Request));
        if (place is null)
            await RefuseAsync(context);
        else
            await StreamAsync(context, form, resolution, place);
    }

    /// <summary>Answers HEAD as GET would be answered now, without taking a place.</summary>
    private Task TellOfStreamAsync(HttpContext context)
    {
        if (_places.IsFull)
            return RefuseAsync(context);
        context.Response.ContentType = MjpegStream.ContentType;
        return Task.CompletedTask;
    }

    private Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return UnavailableAsync(context, LiveViewErrors.Full(_places.Most));
    }

    private async Task StreamAsync(HttpContext context, PartForm form, LiveResolution resolution, ViewerPlaces.Place place)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _ending.Token);
        LiveFrame? sent = null;
        try
        {
            await MjpegStream.SendAsync(context.Response, form, NextAsync, options.ReadWithin, end.Token);
            place.CountCutOff();
            context.Abort();
            TellCutOff(_places.CutOff);
        }
        catch (OperationCanceledException)
        {
            // The viewer left, or the view ends: neither is an error.
        }

        async ValueTask<StreamPart> NextAsync()
        {
            var frame = sent = await _frames.NextAsync(sent, end.Token);
            return new StreamPart(
                _encoder.Jpeg(frame, resolution), () => JsonSerializer.Serialize(Told(frame), LiveStatusJson.Default.LiveStatusFrame));
        }
    }

    /// <summary>
    /// Answers with the newest picture as JPEG, and tells what is on it in the header <c>X-SockSort-Frame</c>; with <c>?plain</c> without
    /// the label on it, as it can be taught.
    /// </summary>
    public Task PictureAsync(HttpContext context)
    {
        if (ResolutionOf(context.Request) is not { } resolution)
            return UnknownResolutionAsync(context);
        if (_frames.Latest is not { } frame)
            return UnavailableAsync(context, LiveViewErrors.NoFrame);
        if (context.Request.Query.ContainsKey("download"))
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"sock-{frame.CapturedAt:yyyy-MM-dd-HHmmss}.jpg\"";
        context.Response.Headers[MjpegStream.AboutHeader] = JsonSerializer.Serialize(Told(frame), LiveStatusJson.Default.LiveStatusFrame);
        var isPlain = context.Request.Query.ContainsKey("plain");
        return Answers.SendAsync(context, "image/jpeg", _encoder.Jpeg(frame, resolution, isPlain));
    }

    /// <returns>Null where the query asks for an unknown one.</returns>
    private LiveResolution? ResolutionOf(HttpRequest request) =>
        request.Query["resolution"].ToString() is { Length: > 0 } name ? LiveResolution.Find(name) : options.Resolution;

    private static Task UnknownResolutionAsync(HttpContext context) => Answers.TextAsync(
        context, StatusCodes.Status400BadRequest, LiveViewErrors.UnknownResolution(context.Request.Query["resolution"].ToString()));

    private Task StatusAsync(HttpContext context)
    {
        var status = StatusFor(ViewerOf(context.Request));
        return Answers.SendAsync(
            context, "application/json", JsonSerializer.SerializeToUtf8Bytes(status, LiveStatusJson.Default.LiveStatus));
    }

    private Task HealthAsync(HttpContext context)
    {
        var state = State();
        return state == "live" ? Answers.TextAsync(context, StatusCodes.Status200OK, "ok\n") : UnavailableAsync(context, $"{state}\n");
    }

    private LiveStatus StatusFor(string? viewer) => new(
        options.CameraName,
        State(),
        _frames.Latest is { } frame ? Told(frame) : null,
        Math.Round(_history.Rate, 2),
        _places.Taken,
        _places.Most,
        _places.Refused,
        _places.CutOff,
        viewer is null ? null : _places.IsWatching(viewer),
        _history.Labels,
        options.Panels(),
        options.Figures().ToDictionary(figure => figure.Name, figure => figure.Value),
        options.CameraStatus()?.Problem,
        HintNow())
    {
        Model = options.Model(),
    };

    private string? HintNow() => options.Feed is { } feed ? feed.Hint ?? options.CameraStatus()?.Problem : null;

    private LiveStatusFrame Told(LiveFrame frame)
    {
        var ageMs = (long)(options.Time.GetUtcNow() - frame.CapturedAt).TotalMilliseconds;
        return new LiveStatusFrame(
            frame.Number, frame.Name, frame.CapturedAt, Math.Max(0, ageMs), frame.Label, Math.Round(frame.Percent, 2))
        {
            Learnt = frame.IsLearnt,
        };
    }

    private string State()
    {
        if (options.CameraStatus()?.State == CameraState.Away)
            return "away";
        if (_history.Age is not { } age)
            return "waiting";
        var usual = _history.UsualInterval * UsualIntervals;
        var longest = usual > options.StalledAfter ? usual : options.StalledAfter;
        return age > longest ? "stalled" : "live";
    }

    private static string? ViewerOf(HttpRequest request)
    {
        var viewer = request.Query["viewer"].ToString();
        return viewer.Length is > 0 and <= LongestViewer ? viewer : null;
    }

    private static Task UnavailableAsync(HttpContext context, string reason) =>
        Answers.TextAsync(context, StatusCodes.Status503ServiceUnavailable, reason);

    private void TellCutOff(long count)
    {
        if (_cutOff.IsNews(count))
            _log.ViewersCutOff(count);
    }
}
