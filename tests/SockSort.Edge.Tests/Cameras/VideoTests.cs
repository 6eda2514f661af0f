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
        var path = _folder.Write("broken.mkv", "this is no video");
        await using var camera = CameraSource.Open(path, new CameraOptions());

        var error = await Assert.ThrowsAsync<CameraException>(() => camera.NextAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.Equal($"camera '{path}': ffmpeg ended with status 1: file:{path}: Invalid data found when processing input", error.Message);
    }

    [Fact]
    public void Without_ffmpeg_the_error_names_the_package()
    {
        var error = Assert.Throws<CameraException>(() => Ffmpeg.Find("socks.mp4", searchPath: _folder.Path));

        Assert.Equal(
            "camera 'socks.mp4' needs ffmpeg, which is not installed: apt-get install ffmpeg "
            + "(pictures, GIF, MJPEG over http, snapshots and synthetic cameras do without)",
            error.Message);
    }

    [Fact]
    public async Task A_video_slower_than_asked_for_gives_each_of_its_frames_once()
    {
        await using var camera = CameraSource.Open(WriteVideo(seconds: 2, rate: 3), new CameraOptions { Fps = 20 });

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(6, frames.Count);
    }

    [Fact]
    public async Task A_pause_in_a_video_that_is_longer_than_the_timeout_is_left_out()
    {
        var path = _folder.File("pause.mkv");
        Pictures.RunFfmpeg(
            Programs.Find("ffmpeg"), "-f", "lavfi", "-i", "color=c=0x283cd2:s=64x36:r=4:d=1,setpts=PTS+gte(N\\,2)*3600/TB", "-fps_mode",
            "passthrough", path);
        await using var camera = CameraSource.Open(path, new CameraOptions { Fps = 20, FrameTimeout = TimeSpan.FromSeconds(5) });

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(4, frames.Count);
    }

    [Theory]
    [InlineData("socks.mp4", "libx264")]
    [InlineData("socks.avi", "mpeg4")]
    [InlineData("socks.avi", "mjpeg")]
    public async Task Damage_within_a_video_is_counted(string name, string codec)
    {
        var path = _folder.File(name);
        Pictures.RunFfmpeg(
            Programs.Find("ffmpeg"), "-f", "lavfi", "-i", "testsrc=s=320x180:r=10:d=4", "-pix_fmt", "yuv420p", "-c:v", codec, "-g", "10",
            path);
        Damage(path);
        await using var camera = CameraSource.Open(path, new CameraOptions { Fps = 0 });

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.InRange(frames.Count, 30, 40);
        Assert.InRange(camera.Counts.Damaged, 1, 20);
    }

    [Fact]
    public async Task A_file_that_is_cut_off_gives_what_it_has_and_is_an_error_that_says_so()
    {
        var path = WriteCutOff("-movflags", "+faststart");
        await using var camera = CameraSource.Open(path, new CameraOptions { Fps = 0 });
        var count = 0;

        var error = await Assert.ThrowsAsync<CameraException>(async () =>
        {
            while (await camera.NextAsync(TestContext.Current.CancellationToken) is not null)
                count++;
        });

        Assert.InRange(count, 10, 30);
        Assert.Equal(
            $"camera '{path}': the file is cut off: it ends after {count} frames, and its index tells of more; copy it anew",
            error.Message);
    }

    [Fact]
    public async Task A_file_that_is_cut_off_begins_again_where_that_is_asked_for()
    {
        await using var camera = CameraSource.Open(WriteCutOff("-movflags", "+faststart"), new CameraOptions { Fps = 0, Loop = true });
        CameraFrame? frame = null;

        for (var count = 0; count < 50; count++)
            frame = await camera.NextAsync(TestContext.Current.CancellationToken);

        Assert.Equal(50, frame!.Number);
    }

    [Fact]
    public async Task A_file_without_its_index_is_an_error_that_says_so_and_no_damage()
    {
        var path = WriteCutOff();
        await using var camera = CameraSource.Open(path, new CameraOptions { Fps = 0 });

        var error = await Assert.ThrowsAsync<CameraException>(() => camera.NextAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.Equal(
            $"camera '{path}': it is no video, or one that is cut off or still being written: its index (moov) is missing", error.Message);
        Assert.Equal(0, camera.Counts.Damaged);
    }

    [Fact]
    public async Task A_video_without_damage_counts_none()
    {
        await using var camera = CameraSource.Open(WriteVideo(seconds: 1), new CameraOptions { Fps = 0 });

        _ = await Pictures.ReadAllAsync(camera);

        Assert.Equal(new CameraCounts(Frames: 50, Skipped: 0, Dropped: 0), camera.Counts);
    }

    [Fact]
    public async Task Transparency_in_a_video_is_laid_on_white()
    {
        var path = _folder.File("transparent.mov");
        Pictures.RunFfmpeg(
            Programs.Find("ffmpeg"), "-f", "lavfi", "-i", "color=c=0xdc1e1e@0.0:s=64x36:r=4:d=1,format=rgba", "-c:v", "qtrle", path);
        await using var camera = CameraSource.Open(path, new CameraOptions { Fps = 0 });

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(4, frames.Count);
        Assert.All(frames, frame => Assert.All(frame.Picture.Rgb, value => Assert.Equal(255, value)));
    }

    /// <summary>Writes other bytes over some in the middle.</summary>
    private static void Damage(string path)
    {
        var bytes = File.ReadAllBytes(path);
        foreach (var part in new[] { 0.3, 0.5, 0.7 })
            new Random(7).NextBytes(bytes.AsSpan((int)(bytes.Length * part), 20));
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Three fifths of a video of 40 frames.</summary>
    private string WriteCutOff(params string[] options)
    {
        var path = _folder.File("cut.mp4");
        Pictures.RunFfmpeg(
            Programs.Find("ffmpeg"),
            ["-f", "lavfi", "-i", "testsrc=s=320x180:r=10:d=4", "-pix_fmt", "yuv420p", "-g", "5", .. options, path]);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length * 3 / 5)]);
        return path;
    }

    private string WriteVideo(int seconds, int rate = 50)
    {
        var path = _folder.File("socks.mp4");
        Pictures.RunFfmpeg(
            Programs.Find("ffmpeg"), "-f", "lavfi", "-i", $"color=c=0x283cd2:s=64x36:r={rate}:d={seconds}", "-pix_fmt", "yuv420p", path);
        return path;
    }
}
