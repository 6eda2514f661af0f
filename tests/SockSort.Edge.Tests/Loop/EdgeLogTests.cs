using Microsoft.Extensions.Logging;
using SockSort.Edge.Cameras;
using SockSort.Edge.Loop;
using SockSort.Edge.Tests.Cameras;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Loop;

/// <summary>What the loop logs of itself.</summary>
public sealed class EdgeLogTests : IAsyncDisposable
{
    private readonly RecordedLog _log = new();
    private readonly MqttPublisher _publisher = MqttPublisher.Start(
        new PublisherOptions { Endpoint = MqttEndpoint.Parse($"mqtt://127.0.0.1:{FreePort.Next()}") });

    public ValueTask DisposeAsync() => _publisher.DisposeAsync();

    [Fact]
    public async Task Its_start_and_its_end_with_the_number_of_frames()
    {
        using var folder = new TempFolder();
        Pictures.WriteFolder(folder.Path);
        await using var camera = CameraSource.Open(folder.Path, new CameraOptions { Fps = 0 });

        await RunAsync(camera);

        Assert.Equal([2007, 2008], _log.Ids);
        Assert.Equal((camera.Name, "sockfound"), (_log.Events[0].Fields["Camera"], _log.Events[0].Fields["Topic"]));
        Assert.Equal(4L, _log.Events[1].Fields["Frames"]);
    }

    [Fact]
    public async Task A_camera_that_ends_the_run_is_an_error()
    {
        var source = new FakeSource(isLive: false);
        source.BreakOff(new CameraException("fake", "is no picture", goesOn: true));
        await using var camera = CameraSource.Start(source, new CameraOptions { Fps = 0 });

        _ = await Assert.ThrowsAsync<CameraException>(() => RunAsync(camera));

        var failed = _log.Single(2004);
        Assert.Equal((LogLevel.Error, "fake", "is no picture"), (failed.Level, failed.Fields["Camera"], failed.Fields["Problem"]));
    }

    [Fact]
    public async Task Frames_that_are_overtaken_are_logged_with_their_count()
    {
        await using var camera = new LateCamera();

        await RunAsync(camera);

        var dropped = _log.Single(2006);
        Assert.Equal((LogLevel.Warning, 7L), (dropped.Level, dropped.Fields["Count"]));
    }

    private async Task RunAsync(ICamera camera)
    {
        using var classifier = ColourModel.Open();
        var runner = new EdgeRunner(camera, classifier, _publisher, new EdgeOptions { Loggers = _log });
        await runner.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Gives one frame, and has had seven more that nobody took.</summary>
    private sealed class LateCamera : ICamera
    {
        private bool _isDone;

        public event Action<SkippedPicture>? Skipped
        {
            add { }
            remove { }
        }

        public event Action<CameraStatus>? StatusChanged
        {
            add { }
            remove { }
        }

        public string Name => "late";

        public CameraCounts Counts => new(Frames: 1, Skipped: 0, Dropped: 7);

        public CameraStatus Status => new(CameraState.Live, DateTimeOffset.UnixEpoch);

        public ValueTask<CameraFrame?> NextAsync(CancellationToken cancel)
        {
            var frame = _isDone
                ? null
                : new CameraFrame(1, "1", DateTimeOffset.UnixEpoch, Pictures.Plain(Pictures.Colours[0]), Truth: null);
            _isDone = true;
            return ValueTask.FromResult(frame);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
