using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SockSort.Imaging;
using SockSort.Imaging.Encoding;

namespace SockSort.Bench.Edge.Glass;

/// <summary>A network camera: 720p MJPEG over HTTP at a steady rate, with the time in each picture.</summary>
internal sealed class ClockCamera : IAsyncDisposable
{
    private const int Pictures = 16;

    // As a web camera's; with it a picture of the scene has some 100 kB.
    private const int Quality = 80;

    private readonly IReadOnlyList<Frame> _scene = EdgePictures.Draw(Pictures);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly WebApplication _app;
    private readonly TimeSpan _interval;
    private long _given;

    private ClockCamera(double fps)
    {
        _interval = TimeSpan.FromSeconds(1 / fps);
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _ = _app.MapGet("/camera.mjpg", StreamAsync);
    }

    /// <summary>Milliseconds of the clock that its pictures show.</summary>
    public uint Now => (uint)_clock.ElapsedMilliseconds;

    /// <summary>Pictures that were given.</summary>
    public long Given => Interlocked.Read(ref _given);

    public string Address => $"{_app.Urls.First()}/camera.mjpg";

    public static async Task<ClockCamera> StartAsync(double fps, CancellationToken cancellation)
    {
        var camera = new ClockCamera(fps);
        await camera._app.StartAsync(cancellation);
        return camera;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "multipart/x-mixed-replace; boundary=frame";
        using var timer = new PeriodicTimer(_interval);
        for (var number = 0; await timer.WaitForNextTickAsync(context.RequestAborted); number++)
        {
            var jpeg = JpegOf(_scene[number % _scene.Count]);
            var head = string.Create(
                CultureInfo.InvariantCulture, $"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n");
            await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(head), context.RequestAborted);
            await context.Response.Body.WriteAsync(jpeg, context.RequestAborted);
            await context.Response.Body.WriteAsync("\r\n"u8.ToArray(), context.RequestAborted);
            _ = Interlocked.Increment(ref _given);
        }
    }

    // The clock is drawn first, so that encoding counts, as it does in a camera.
    private byte[] JpegOf(Frame picture)
    {
        PictureClock.Draw(picture, Now);
        return JpegWriter.Encode(picture, Quality);
    }
}
