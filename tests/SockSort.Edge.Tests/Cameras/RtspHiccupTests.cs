using SockSort.Edge.Cameras;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

/// <summary>An RTSP camera that restarts, or falls silent, through a real ffmpeg.</summary>
public sealed class RtspHiccupTests : IDisposable
{
    private static readonly CameraOptions Unpaced = new() { Fps = 0, FrameTimeout = TimeSpan.FromSeconds(1) };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_camera_that_restarts_is_back_when_it_is_up_again()
    {
        var port = FreePort.Next();
        var server = await RtspCamera.StartAsync(_folder, "admin", "knows", port);
        await using var camera = Open(port);
        _ = await NextAsync(camera);

        await server.DisposeAsync();
        var waiting = DrainAsync(camera, until: () => camera.Counts.Reopened == 1);
        await Eventually.TrueAsync(() => camera.Status.State == CameraState.Away, "the camera is away");
        await using var again = await RtspCamera.StartAsync(_folder, "admin", "knows", port);
        await waiting;

        Assert.Equal(CameraState.Live, camera.Status.State);
    }

    [Fact]
    public async Task A_camera_that_falls_silent_is_opened_again_until_it_speaks()
    {
        await using var server = await RtspCamera.StartAsync(_folder, "admin", "knows");
        await using var camera = Open(server.Port);
        await DrainAsync(camera, until: () => camera.Counts.Frames >= 3);

        server.IsSilent = true;
        var waiting = DrainAsync(camera, until: () => camera.Counts.Reopened == 1);
        await Eventually.TrueAsync(() => camera.Status.State == CameraState.Away, "the camera is away");
        Assert.StartsWith("gave no frame for ", camera.Status.Problem);
        server.IsSilent = false;

        await waiting;
    }

    [Fact]
    public async Task A_camera_that_is_absent_at_the_start_is_waited_for()
    {
        var port = FreePort.Next();
        await using var camera = Open(port);
        var waiting = NextAsync(camera);
        await Eventually.TrueAsync(() => camera.Status.State == CameraState.Away, "the camera is away");
        Assert.EndsWith("Connection refused", camera.Status.Problem);

        await using var server = await RtspCamera.StartAsync(_folder, "admin", "knows", port);

        Assert.InRange((await waiting).Number, 1, 10);
    }

    private static ICamera Open(int port) => CameraSource.Open($"rtsp://admin:knows@127.0.0.1:{port}/stream", Unpaced);

    private static async Task<CameraFrame> NextAsync(ICamera camera) =>
        (await camera.NextAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60)))!;

    private static async Task DrainAsync(ICamera camera, Func<bool> until)
    {
        while (!until())
            _ = await NextAsync(camera);
    }
}
