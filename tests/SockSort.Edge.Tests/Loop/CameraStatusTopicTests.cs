using System.Collections.Concurrent;
using System.Text;
using SockSort.Edge.Cameras;
using SockSort.Edge.Loop;
using SockSort.Edge.Tests.Cameras;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Loop;

/// <summary>What the loop says of the camera on its retained topics.</summary>
public sealed class CameraStatusTopicTests
{
    [Fact]
    public async Task The_status_follows_the_camera_and_says_at_the_end_that_it_was_stopped()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var said = Listen(broker, "socksort/desk/status");
        await using var camera = new ChangingCamera();
        using var classifier = ColourModel.Open();
        var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint, StatusTopic = "socksort/desk/status" });
        using var cancel = new CancellationTokenSource();
        var running = new EdgeRunner(camera, classifier, publisher, new EdgeOptions()).RunAsync(cancel.Token);

        foreach (var (state, word) in ((CameraState, string)[])[(CameraState.Live, "online"), (CameraState.Away, "away"),
            (CameraState.Live, "online"), (CameraState.Ended, "ended")])
        {
            camera.Become(state);
            await Eventually.TrueAsync(() => said.LastOrDefault() == word, $"the status is {word}");
        }
        await cancel.CancelAsync();
        await running;
        await publisher.DisposeAsync();

        Assert.Equal(["online", "away", "online", "ended", "stopped"], said);
    }

    [Fact]
    public async Task The_latest_label_is_retained_as_its_message_says_it()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var (labels, messages) = (Listen(broker, "socksort/desk/label"), Listen(broker, "sockfound"));
        using var folder = new TempFolder();
        Pictures.WriteFolder(folder.Path);
        await using var camera = CameraSource.Open(folder.Path, new CameraOptions { Fps = 0 });
        using var classifier = ColourModel.Open();
        await using var publisher = MqttPublisher.Start(
            new PublisherOptions { Endpoint = broker.Endpoint, LatestTopic = "socksort/desk/label" });

        await new EdgeRunner(camera, classifier, publisher, new EdgeOptions()).RunAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => messages.Count == 4, "all messages have come");

        await Eventually.TrueAsync(() => labels.LastOrDefault() == messages.Last(), "the latest label is the last message");
    }

    private static ConcurrentQueue<string> Listen(EmbeddedBroker broker, string topic)
    {
        var arrived = new ConcurrentQueue<string>();
        _ = broker.Intake(topic, message =>
        {
            arrived.Enqueue(Encoding.UTF8.GetString(message.Payload.Span));
            return Task.CompletedTask;
        });
        return arrived;
    }

    /// <summary>Gives no frame, and is in the state that it is told.</summary>
    private sealed class ChangingCamera : ICamera
    {
        public event Action<SkippedPicture>? Skipped
        {
            add { }
            remove { }
        }

        public event Action<CameraStatus>? StatusChanged;

        public string Name => "changing";

        public CameraCounts Counts => new(Frames: 0, Skipped: 0, Dropped: 0);

        public CameraStatus Status { get; private set; } = new(CameraState.Waiting, DateTimeOffset.UnixEpoch);

        public void Become(CameraState state)
        {
            Status = new CameraStatus(state, DateTimeOffset.UnixEpoch);
            StatusChanged?.Invoke(Status);
        }

        public async ValueTask<CameraFrame?> NextAsync(CancellationToken cancel)
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return null;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
