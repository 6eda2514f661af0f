using System.Diagnostics;
using SockSort.Edge.Cameras;
using SockSort.Edge.Cameras.Sources;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

public sealed class VideoTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_video_gives_frames_at_the_rate_that_is_asked_for()
    {
        await using var camera = CameraSource.Open(WriteVideo(seconds: 3), new CameraOptions { Fps = 20 });

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(60, frames.Count);
        Assert.Equal(("socks.mp4#1", 64, 36), (frames[0].Name, frames[0].Picture.Width, frames[0].Picture.Height));
        Assert.All(frames, frame => Assert.Equal(2, Pictures.ColourOf(frame.Picture)));
    }

    [Fact]
    public async Task Given_loop_expect_the_video_again()
    {
        await using var camera = CameraSource.Open(WriteVideo(seconds: 1), new CameraOptions { Fps = 0, Loop = true });
        CameraFrame? frame = null;

        for (var count = 0; count < 70; count++)
            frame = await camera.NextAsync(TestContext.Current.CancellationToken);

        Assert.Equal((70, "socks.mp4#20"), (frame!.Number, frame.Name));
    }

    [Fact]
    public async Task A_file_that_is_no_video_is_an_error_in_ffmpegs_own_words()
    {
        Programs.Find("ffmpeg");
        var path = _folder.Write("broken.mp4", "this is no video");
        await using var camera = CameraSource.Open(path, new CameraOptions());

        var error = await Assert.ThrowsAsync<CameraException>(() => camera.NextAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.Equal($"camera '{path}': ffmpeg ended with status 1: file:{path}: Invalid data found when processing input", error.Message);
    }

    [Fact]
    public void Without_ffmpeg_the_error_names_the_package()
    {
        var error = Assert.Throws<CameraException>(() => Ffmpeg.Find("socks.mp4", searchPath: _folder.Path));

        Assert.Equal(
            "camera 'socks.mp4' needs ffmpeg, which is not installed: apt-get install ffmpeg (pictures, GIF and synthetic cameras do without)",
            error.Message);
    }

    [Fact]
    public async Task A_network_camera_is_live_and_its_end_is_an_error()
    {
        var address = $"http://127.0.0.1:{FreePort.Next()}/socks";
        using var sender = Serve(address, seconds: 2);
        await using var camera = await OpenWhenListeningAsync(address);

        var error = await Assert.ThrowsAsync<CameraException>(() => Pictures.ReadAllAsync(camera));

        Assert.Equal($"camera '{address}' ended after {camera.Counts.Frames + camera.Counts.Dropped} frames: is it still connected?", error.Message);
        Assert.InRange(camera.Counts.Frames + camera.Counts.Dropped, 10, 45);
    }

    [Fact]
    public async Task A_network_camera_that_sends_nothing_is_given_up_after_the_timeout()
    {
        Programs.Find("ffmpeg");
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var address = $"http://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}/";
        await using var camera = CameraSource.Open(address, new CameraOptions { FrameTimeout = TimeSpan.FromSeconds(0.5) });

        var error = await Assert.ThrowsAsync<CameraException>(() => camera.NextAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.Equal($"camera '{address}' gave no frame for 0.5 s: is it connected, and does no other program hold it?", error.Message);
    }

    [Fact]
    public async Task The_password_of_an_address_is_in_no_name_and_no_error()
    {
        Programs.Find("ffmpeg");
        var address = $"rtsp://camera:top@secret@127.0.0.1:{FreePort.Next()}/socks?pwd=secret";
        await using var camera = CameraSource.Open(address, new CameraOptions());

        var error = await Assert.ThrowsAsync<CameraException>(() => camera.NextAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.DoesNotContain("secret", camera.Name + error.Message);
        Assert.Contains("Connection refused", error.Message);
    }

    [Theory]
    [InlineData("rtsp://user:secret@host:554/a", "rtsp://user:***@host:554/a")]
    [InlineData("rtsp://user@host/a", "rtsp://user@host/a")]
    [InlineData("http://host:8080/a@b", "http://host:8080/a@b")]
    [InlineData("rtsp://user:sec@ret@host/a", "rtsp://user:***@host/a")]
    [InlineData("rtsp://user:sec:r@t@host:554", "rtsp://user:***@host:554")]
    [InlineData("http://cam/videostream.cgi?user=admin&pwd=secret", "http://cam/videostream.cgi")]
    [InlineData("http://admin:secret@cam?pwd=secret", "http://admin:***@cam")]
    [InlineData("http://cam/a#secret", "http://cam/a")]
    public void Password_and_query_are_hidden_and_nothing_else(string address, string shown) => Assert.Equal(shown, FfmpegSource.WithoutSecrets(address));

    private string WriteVideo(int seconds)
    {
        var path = _folder.File("socks.mp4");
        Pictures.RunFfmpeg(Programs.Find("ffmpeg"), "-f", "lavfi", "-i", $"color=c=0x283cd2:s=64x36:r=50:d={seconds}", "-pix_fmt", "yuv420p", path);
        return path;
    }

    private static Process Serve(string address, int seconds) => Process.Start(new ProcessStartInfo(Programs.Find("ffmpeg"),
        ["-nostdin", "-loglevel", "quiet", "-re", "-f", "lavfi", "-i", $"testsrc=s=64x36:r=20:d={seconds}", "-f", "mpegts", "-listen", "1", address]))!;

    private static async Task<ICamera> OpenWhenListeningAsync(string address)
    {
        var port = (ushort)new Uri(address).Port;
        await Eventually.TrueAsync(
            () => System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(point => point.Port == port),
            $"something listens on {port}");
        return CameraSource.Open(address, new CameraOptions { Fps = 20 });
    }
}
