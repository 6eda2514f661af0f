using System.Collections.Concurrent;
using System.Text;
using SockSort.Edge.Cameras;
using SockSort.Edge.Loop;
using SockSort.Edge.Tests.Cameras;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Loop;

/// <summary>
/// A network camera that is unplugged and plugged in again, 20 times with <c>SOCKSORT_TESTS=all</c>, 3 times else: the loop goes on, the
/// status topic tells of each time, and frames come again after each.
/// </summary>
public sealed class UnpluggedCameraTests : IDisposable
{
    private const string Status = "socksort/desk/status";

    private static readonly int Times = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all" ? 20 : 3;

    private readonly TempFolder _folder = new();
    private readonly int _port = FreePort.Next();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task An_RTSP_camera_comes_back_each_time() =>
        UnplugAsync(
            $"rtsp://admin:knows@127.0.0.1:{_port}/stream",
            async () => await RtspCamera.StartAsync(_folder, "admin", "knows", _port));

    [Fact]
    public Task An_MJPEG_camera_comes_back_each_time() =>
        UnplugAsync($"http://127.0.0.1:{_port}/socks", () => Task.FromResult<IAsyncDisposable>(new ScriptedCamera(StreamAsync, _port)));

    private static async Task UnplugAsync(string address, Func<Task<IAsyncDisposable>> plugInAsync)
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var said = new ConcurrentQueue<string>();
        _ = broker.Intake(Status, message =>
        {
            said.Enqueue(Encoding.ASCII.GetString(message.Payload.Span));
            return Task.CompletedTask;
        });
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint, StatusTopic = Status });
        await using var camera = CameraSource.Open(address, new CameraOptions { Fps = 0 });
        using var classifier = ColourModel.Open();
        var runner = new EdgeRunner(camera, classifier, publisher, new EdgeOptions());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var plugged = await plugInAsync();
        var running = runner.RunAsync(end.Token);
        await FramesAfterAsync(runner, 0);
        // Else the "away" of the start would be taken for that of the first time.
        await SaidAsync(said, "online");

        for (var time = 1; time <= Times; time++)
        {
            await plugged.DisposeAsync();
            await SaidAsync(said, "away");
            var before = runner.Counts.Frames;
            plugged = await plugInAsync();
            await FramesAfterAsync(runner, before);
            await SaidAsync(said, "online");
        }
        await end.CancelAsync();
        await running;
        Assert.True(await publisher.FlushAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));

        var expected = Enumerable.Repeat((string[])["online", "away"], Times).SelectMany(words => words).Append("online");
        // A camera that is absent when it is opened for the first time is away at once.
        Assert.Equal(expected, said.SkipWhile(word => word == "away"));
        Assert.Equal(Times, camera.Counts.Reopened);
        Assert.Equal((runner.Counts.Frames, 0), (publisher.Status.Acknowledged, publisher.Status.Dropped));
        await plugged.DisposeAsync();
    }

    private static Task FramesAfterAsync(EdgeRunner runner, long before) =>
        Eventually.TrueAsync(() => runner.Counts.Frames > before, "frames come");

    private static Task SaidAsync(ConcurrentQueue<string> said, string word) =>
        Eventually.TrueAsync(() => said.LastOrDefault() == word, $"the status is {word}");

    private static async Task StreamAsync(ScriptedCamera.Connection connection)
    {
        await connection.BeginStreamAsync();
        for (var number = 0; ; number++)
        {
            await connection.SendPartAsync(ScriptedCamera.Jpeg(number % Pictures.Colours.Length));
            await Task.Delay(20, connection.Stopping);
        }
    }
}
