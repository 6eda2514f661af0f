using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Mqtt.Broker;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

/// <summary>What <c>edge run</c> says and does when its camera has a hiccup.</summary>
public sealed class EdgeHiccupTests : IDisposable
{
    private const string Back = @"camera     back after \d+\.\d s";

    private readonly TempFolder _folder = new();

    public EdgeHiccupTests() => ColourModel.Package().Write(Model);

    private string Model => _folder.File("model.tar.gz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_a_killed_and_a_stopped_ffmpeg_and_a_restarted_camera_expect_the_run_to_go_on()
    {
        var port = FreePort.Next();
        var server = await RtspCamera.StartAsync(_folder, "admin", "knows", port);
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var edge = Start(broker, $"rtsp://admin:knows@127.0.0.1:{port}/stream", "--frame-timeout", "5");
        _ = await edge.LineAsync(@"frame \d+ ");

        ChildProcesses.Signal(await FfmpegAsync(edge.Id), "KILL");
        await CountAsync(edge, Back, 1);
        ChildProcesses.Signal(await FfmpegAsync(edge.Id), "STOP");
        await CountAsync(edge, Back, 2);
        await server.DisposeAsync();
        await CountAsync(edge, "camera     away: ", 3);
        await using var again = await RtspCamera.StartAsync(_folder, "admin", "knows", port);
        await CountAsync(edge, Back, 3);
        edge.PressCtrlC();
        var exitCode = await edge.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.Matches(@"\nthe camera was opened again 3 times\n(\d+) messages, \1 acknowledged$", edge.Output);
        Assert.Matches(@"camera     away: ffmpeg was killed \(signal 9\): .*; it is opened again until it is back\n", edge.Output);
        Assert.Matches(@"camera     away: gave no frame for \d", edge.Output);
        Assert.Empty(ChildProcesses.IdsOf(edge.Id, "ffmpeg"));
    }

    [Fact]
    public async Task Given_kill_minus_9_expect_no_ffmpeg_left_behind_though_the_camera_is_silent()
    {
        await using var server = await RtspCamera.StartAsync(_folder, "admin", "knows");
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var edge = Start(broker, $"rtsp://admin:knows@127.0.0.1:{server.Port}/stream");
        _ = await edge.LineAsync(@"frame \d+ ");
        var child = Assert.Single(ChildProcesses.IdsOf(edge.Id, "ffmpeg"));
        server.IsSilent = true;

        await edge.KillAsync();

        await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{child}"), "ffmpeg is gone, too");
    }

    [Fact]
    public async Task A_camera_that_is_not_there_is_told_of_once_and_Ctrl_C_ends_it()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var address = $"http://127.0.0.1:{FreePort.Next()}/video";
        await using var edge = Start(broker, address);
        _ = await edge.LineAsync(@"camera     away: Connection refused \(127\.0\.0\.1:\d+\); it is opened again until it is back");

        edge.PressCtrlC();
        var exitCode = await edge.EndAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(0, exitCode);
        Assert.Single(Regex.Matches(edge.Output, "camera     away"));
        Assert.Matches(@"\n0 frames in .*\nthe camera was away at the end: Connection refused", edge.Output);
    }

    [Fact]
    public async Task A_followed_folder_shows_new_pictures_and_names_what_is_none()
    {
        var watched = Directory.CreateDirectory(_folder.File("desk")).FullName;
        NamedPipe.Make(Path.Combine(watched, "pipe.jpg"));
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arrived = Listen(broker);
        await using var edge = Start(broker, watched, "--follow");
        _ = await edge.LineAsync(Regex.Escape("skipped    pipe.jpg: "));

        Pictures.WriteFolder(watched);
        _ = await edge.LineAsync("frame 4 ");
        edge.PressCtrlC();
        var exitCode = await edge.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(4, arrived.Count(message => message.StartsWith("sockfound ", StringComparison.Ordinal)));
        Assert.Contains("4 frames in ", edge.Output);
        Assert.Contains(" s, 1 unreadable, 0 dropped", edge.Output);
    }

    [Fact]
    public async Task Following_and_beginning_again_is_wrong_usage()
    {
        var run = await CliRun.InvokeAsync(
            "edge", "run", "--model", Model, "--camera", _folder.Path, "--mqtt", "mqtt://localhost", "--follow", "--loop");

        Assert.Equal(
            (2, "socksort: --follow never ends, so nothing begins again: leave out --loop\nsocksort: see 'socksort edge run --help'\n"),
            (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("edge", "run")]
    [InlineData("demo")]
    public async Task Help_names_every_kind_of_camera(params string[] command)
    {
        var run = await CliRun.InvokeAsync([.. command, "--help"]);

        var help = Regex.Replace(run.Output, @"\s+", " ");
        string[] kinds =
        [
            "Folder of pictures", "GIF", "video file", "/dev/video0", "rtsp://", "rtmp://", "http://", "MJPEG", "snapshot", "HLS",
            "synthetic:SEED", "--follow",
        ];
        Assert.All(kinds, kind => Assert.Contains(kind, help));
    }

    /// <summary>The camera's, which may be about to start.</summary>
    private static async Task<int> FfmpegAsync(int edge)
    {
        IReadOnlyList<int> children = [];
        await Eventually.TrueAsync(() => (children = ChildProcesses.IdsOf(edge, "ffmpeg")).Count == 1, "one ffmpeg runs");
        return children[0];
    }

    private SocksortProcess Start(EmbeddedBroker broker, string camera, params string[] more) => SocksortProcess.Start(
        [
            "edge", "run", "--model", Model, "--camera", camera, "--mqtt", $"{broker.Endpoint}", "--mqtt-user", broker.Endpoint.User!,
            "--no-live-view", "--fps", "20", .. more,
        ],
        environment: new Dictionary<string, string> { ["MQTT_PASSWORD"] = broker.Endpoint.Password!, ["XDG_DATA_HOME"] = _folder.Path });

    private static Task CountAsync(SocksortProcess edge, string line, int times) =>
        Eventually.TrueAsync(
            () => Regex.Count(edge.Output, line) >= times, $"'{line}' stands there {times} times", TimeSpan.FromMinutes(1));

    private static ConcurrentQueue<string> Listen(EmbeddedBroker broker)
    {
        var arrived = new ConcurrentQueue<string>();
        broker.Intake("#", message =>
        {
            arrived.Enqueue($"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}");
            return Task.CompletedTask;
        });
        return arrived;
    }
}
