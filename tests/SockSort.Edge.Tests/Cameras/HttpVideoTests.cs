using System.Globalization;
using System.Text.RegularExpressions;
using SockSort.Edge.Cameras;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

/// <summary>Videos at <c>http://</c> addresses, which ffmpeg reads: those with an end come to it, those without are cameras.</summary>
public sealed partial class HttpVideoTests : IDisposable
{
    private const int Frames = 40;
    private static readonly CameraOptions Unpaced = new() { Fps = 0 };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("video/mp4", true)]
    [InlineData("application/octet-stream", false)]
    public async Task A_video_file_gives_all_its_frames_and_ends(string type, bool hasRanges)
    {
        // Its table stands at its end: ffmpeg has to go there and back.
        var video = WriteVideo("socks.mp4");
        await using var server = new ScriptedCamera(connection => ServeAsync(connection, video, type, hasRanges));
        await using var camera = CameraSource.Open(server.Address, Unpaced);

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(Frames, frames.Count);
        Assert.Equal(new CameraCounts(Frames, Skipped: 0, Dropped: 0), camera.Counts);
        Assert.Equal(CameraState.Ended, camera.Status.State);
    }

    [Fact]
    public async Task A_video_file_is_shown_in_its_own_time_at_the_rate_that_is_asked_for()
    {
        var video = WriteVideo("socks.mp4");
        await using var server = new ScriptedCamera(connection => ServeAsync(connection, video, "video/mp4", hasRanges: true));
        await using var camera = CameraSource.Open(server.Address, new CameraOptions { Fps = 10 });

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(Frames / 2, frames.Count);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("?token=secret", true)]
    [InlineData("", false)]
    public async Task A_damaged_video_gives_the_frames_that_a_file_of_it_gives(string query, bool hasRanges)
    {
        var video = WriteVideo("socks.mp4", "-movflags", "+faststart", "-vf", "scale=320:180,noise=alls=40:allf=t");
        for (var at = video.Length / 2; at < (video.Length / 2) + 3000; at += 7)
            video[at] ^= 0x5A;
        var path = _folder.File("damaged.mp4");
        File.WriteAllBytes(path, video);
        await using var file = CameraSource.Open(path, Unpaced);
        await using var server = new ScriptedCamera(connection => ServeAsync(connection, video, "video/mp4", hasRanges));
        await using var camera = CameraSource.Open(server.Address + query, Unpaced);

        var (expected, frames) = (await Pictures.ReadAllAsync(file), await Pictures.ReadAllAsync(camera));

        Assert.Equal(expected.Count, frames.Count);
        Assert.InRange(camera.Counts.Damaged, 1, Frames);
    }

    [Fact]
    public async Task A_video_file_that_breaks_off_goes_on_where_it_was()
    {
        // Its table stands at its beginning, so that half of it can be seen.
        var video = WriteVideo("socks.mp4", "-movflags", "+faststart", "-qp", "1", "-vf", "scale=320:180");
        var half = $"HTTP/1.1 200 OK\nContent-Type: video/mp4\nAccept-Ranges: bytes\nContent-Length: {video.Length}\n\n";
        await using var server = new ScriptedCamera(connection => connection switch
        {
            { Number: <= 2 } => connection.SendAsync(half, video[..(video.Length / 2)]),
            { Number: <= 4 } => connection.AnswerAsync("text/plain", [], "500 Internal Server Error"),
            _ => ServeAsync(connection, video, "video/mp4", hasRanges: true),
        });
        await using var camera = CameraSource.Open(server.Address, Unpaced);
        List<string> told = [];
        camera.StatusChanged += status => told.Add($"{status.State}");

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(["Live", "Away", "Live", "Ended"], told);
        Assert.Equal(Enumerable.Range(1, Frames), frames.Select(frame => (int)frame.Number));
    }

    [Fact]
    public async Task A_video_whose_length_only_the_video_itself_tells_gives_all_its_frames()
    {
        var video = WriteVideo("socks.mp4", "-movflags", "+faststart");
        await using var server = new ScriptedCamera(
            connection => connection.SendAsync("HTTP/1.1 200 OK\nContent-Type: video/mp4\nConnection: close\n\n", video));
        await using var camera = CameraSource.Open(server.Address, Unpaced);

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(Frames, frames.Count);
    }

    [Fact]
    public async Task A_file_that_is_no_video_is_an_error()
    {
        Programs.Find("ffmpeg");
        await using var server = new ScriptedCamera(connection => connection.AnswerAsync("video/mp4", new byte[5000]));
        await using var camera = CameraSource.Open(server.Address, Unpaced);

        var error = await Assert.ThrowsAsync<CameraException>(() => camera.NextAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.Equal(
            $"camera '{server.Address}': ffmpeg ended with status 1: {server.Address}: Invalid data found when processing input",
            error.Message);
    }

    [Fact]
    public async Task A_stream_without_end_is_a_camera_and_opened_again_when_it_stops()
    {
        var stream = File.ReadAllBytes(Write("socks.ts", "-c:v", "mpeg2video", "-g", "1", "-f", "mpegts"));
        await using var server = new ScriptedCamera(
            connection => connection.SendAsync("HTTP/1.1 200 OK\nContent-Type: video/mp2t\n\n", stream));
        await using var camera = CameraSource.Open(server.Address, Unpaced);

        await Eventually.TrueAsync(
            async () =>
            {
                _ = await camera.NextAsync(TestContext.Current.CancellationToken);
                return camera.Counts.Reopened > 0;
            },
            "the camera came back");

        Assert.True(server.Requests.Count > 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_playlist_with_an_end_is_a_video_file(bool throughMaster)
    {
        _ = Write("list.m3u8", "-c:v", "libx264", "-g", "10", "-f", "hls", "-hls_time", "0.5", "-hls_playlist_type", "vod");
        File.WriteAllText(_folder.File("master.m3u8"), "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000\nlist.m3u8\n");
        await using var server = new ScriptedCamera(
            connection => connection.AnswerAsync("application/vnd.apple.mpegurl", File.ReadAllBytes(FileOf(connection))));
        await using var camera = CameraSource.Open(server.Address + (throughMaster ? "/master.m3u8" : "/list.m3u8"), Unpaced);

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(Frames, frames.Count);
    }

    private string FileOf(ScriptedCamera.Connection connection) => _folder.File(Path.GetFileName(connection.Head.Split(' ')[1]));

    private static Task ServeAsync(ScriptedCamera.Connection connection, byte[] video, string type, bool hasRanges)
    {
        if (!hasRanges)
            return connection.AnswerAsync(type, video);
        var range = Range().Match(connection.Head);
        var from = range.Success ? int.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        return connection.AnswerAsync(type, video[from..], "206 Partial Content",
            $"Accept-Ranges: bytes\nContent-Range: bytes {from}-{video.Length - 1}/{video.Length}\n");
    }

    private byte[] WriteVideo(string name, params string[] options) => File.ReadAllBytes(Write(name, ["-c:v", "libx264", .. options]));

    private string Write(string name, params string[] options)
    {
        var path = _folder.File(name);
        Pictures.RunFfmpeg(
            Programs.Find("ffmpeg"), ["-f", "lavfi", "-i", "testsrc=s=64x36:r=20:d=2", "-pix_fmt", "yuv420p", .. options, path]);
        return path;
    }

    [GeneratedRegex(@"Range: bytes=(\d+)-")]
    private static partial Regex Range();
}
