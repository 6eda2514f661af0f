using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SockSort.Edge.Cameras;
using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.LiveView;
using SockSort.Models.Inference;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Loop;

public sealed class EdgeRunnerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();

    public EdgeRunnerTests()
    {
        Pictures.WriteFolder(_folder.Path);
        _folder.Write("labels.csv", "frame,label\n1.png,Google\n2.png,Mongo\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_frame_is_recognised_and_published_in_its_order()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arrived = Listen(broker);
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });

        var (frames, counts) = await RunAsync(publisher, new EdgeOptions());
        Assert.True(await publisher.FlushAsync(Patience, TestContext.Current.CancellationToken));

        Assert.Equal(["Google", "Confluent", "Mongo", "Blank"], frames.Select(frame => frame.Label));
        Assert.Equal(["Google", "Mongo", null, null], frames.Select(frame => frame.Seen.Truth));
        Assert.Equal(
            frames.Select(frame => $"sockfound {Encoding.ASCII.GetString(new FrameMessage(frame.Label, frame.Percent).ToBytes())}"),
            arrived);
        Assert.All(frames, frame => Assert.InRange(frame.Percent, 90, 100));
        Assert.Equal((4, new CameraCounts(4, 0, 0), 4), (counts.Frames, counts.Camera, counts.Publisher.Enqueued));
        Assert.Equal(4, publisher.Status.Acknowledged);
    }

    [Theory]
    [InlineData(1.1, "Unknown")]
    [InlineData(0.1, "Google")]
    [InlineData(null, "Google")]
    public async Task A_frame_below_the_threshold_is_unknown_only_where_that_is_asked_for(double? below, string label)
    {
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = NobodyThere() });
        var rule = below is { } threshold ? new RejectionRule(threshold, IsByProbability: true) : null;

        var (frames, _) = await RunAsync(publisher, new EdgeOptions { Rejection = rule });

        Assert.Equal(label, frames[0].Label);
        Assert.InRange(frames[0].Percent, 90, 100);
    }

    [Fact]
    public async Task The_times_of_a_frame_follow_each_other()
    {
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = NobodyThere() });

        var (frames, _) = await RunAsync(publisher, new EdgeOptions());

        Assert.All(frames, frame => Assert.True(frame.Seen.CapturedAt <= frame.ClassifiedAt && frame.ClassifiedAt <= frame.EnqueuedAt));
    }

    [Fact]
    public async Task Fields_are_in_the_message_when_they_are_asked_for()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arrived = Listen(broker);
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });

        var (frames, _) = await RunAsync(publisher, new EdgeOptions
        {
            Topic = "socks/desk",
            CameraName = "desk",
            Fields = MessageFields.Camera | MessageFields.Seq | MessageFields.Ts | MessageFields.Run,
            Run = "0a1b2c",
        });
        await publisher.FlushAsync(Patience, TestContext.Current.CancellationToken);

        var capturedAt = frames[0].Seen.CapturedAt.ToUnixTimeMilliseconds();
        Assert.Matches(
            """^socks/desk {"image": "Google", "probability": 9\d\.\d+, "camera": "desk","""
                + $$""" "seq": 1, "ts": {{capturedAt}}, "run": "0a1b2c"}$""",
            arrived.First());
    }

    [Fact]
    public async Task The_second_label_is_in_the_message_and_unknown_only_where_the_model_says_it()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arrived = Listen(broker);
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });

        _ = await RunAsync(publisher, new EdgeOptions { Fields = MessageFields.Unknown | MessageFields.Second });
        await publisher.FlushAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Matches(
            """^sockfound {"image": "Google", "probability": 9\d\.\d+, "second": "\w+", "second_probability": \d\.\d+}$""",
            arrived.First());
    }

    [Fact]
    public async Task Messages_of_frames_seen_before_the_broker_is_there_arrive_when_it_comes()
    {
        var port = FreePort.Next();
        var endpoint = new MqttEndpoint { Host = "127.0.0.1", Port = port, User = "socksort", Password = "knows" };
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = endpoint });
        var (frames, _) = await RunAsync(publisher, new EdgeOptions());

        await using var broker = await EmbeddedBroker.StartAsync(
            new BrokerOptions { Port = port, Password = "knows" }, TestContext.Current.CancellationToken);
        var arrived = Listen(broker);
        var isEmpty = await publisher.FlushAsync(Patience, TestContext.Current.CancellationToken);

        Assert.True(isEmpty);
        Assert.Equal(frames.Count, arrived.Count);
    }

    [Theory]
    [InlineData("frame", 8)]
    [InlineData("change", 4)]
    [InlineData("3600", 4)]
    [InlineData("0.001", 8)]
    public async Task Which_frames_have_a_message_is_as_asked_for_and_their_numbers_have_no_gap(string every, int messages)
    {
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = NobodyThere() });
        Assert.True(PublishEvery.TryParse(every, out var parsed));
        Assert.Equal(every, $"{parsed}");
        foreach (var name in (string[])["1", "2", "3", "4"])
            File.Copy(_folder.File($"{name}.png"), _folder.File($"{name}b.png"));

        // However quick the machine is, a millisecond and more goes by between two frames.
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        var (frames, counts) = await RunAsync(publisher, new EdgeOptions { PublishEvery = parsed, Time = clock });

        Assert.Equal((8, messages), (frames.Count, frames.Count(frame => frame.IsEnqueued)));
        Assert.Equal(messages, counts.Publisher.Enqueued);
    }

    [Fact]
    public void After_the_interval_a_frame_has_a_message_though_nothing_has_changed()
    {
        Assert.True(PublishEvery.TryParse("0.001", out var every));

        Assert.False(every.IsDue(isChange: false, TimeSpan.FromMicroseconds(999)));
        Assert.True(every.IsDue(isChange: false, TimeSpan.FromMilliseconds(1)));
        Assert.True(every.IsDue(isChange: true, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("")]
    [InlineData("frames")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("86401")]
    public void What_is_neither_frame_nor_change_nor_seconds_is_refused(string text) => Assert.False(PublishEvery.TryParse(text, out _));

    [Fact]
    public async Task The_live_view_shows_each_frame_with_its_label()
    {
        await using var view = await LiveViewClient.StartAsync(new LiveViewOptions { CameraName = "desk" });
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = NobodyThere() });

        await RunAsync(publisher, new EdgeOptions(), view.Server.Routes);
        var status = await view.TextAsync("/status.json");

        Assert.Contains("\"frame\":{\"number\":4,\"name\":\"4.png\",", status);
        Assert.Matches("\"label\":\"Google\".*\"label\":\"Confluent\".*\"label\":\"Mongo\".*\"label\":\"Blank\"", status);
    }

    [Fact]
    public async Task Cancelling_ends_the_run_without_an_error()
    {
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = NobodyThere() });
        await using var camera = CameraSource.Open(_folder.Path, new CameraOptions { Loop = true, Fps = 0.001 });
        using var classifier = ColourModel.Open();
        var runner = new EdgeRunner(camera, classifier, publisher, new EdgeOptions());
        using var cancel = new CancellationTokenSource();
        runner.FrameDone += _ => cancel.Cancel();

        await runner.RunAsync(cancel.Token).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(1, runner.Counts.Frames);
    }

    [Fact]
    public async Task What_a_full_queue_drops_is_counted()
    {
        await using var publisher = MqttPublisher.Start(new PublisherOptions
        {
            Endpoint = NobodyThere(),
            MaxWaiting = 3,
        });

        var (frames, counts) = await RunAsync(publisher, new EdgeOptions());

        Assert.All(frames, frame => Assert.True(frame.IsEnqueued));
        Assert.Equal((4, 1, 3), (counts.Publisher.Enqueued, counts.Publisher.Dropped, counts.Publisher.Waiting));
    }

    private async Task<(List<EdgeFrame> Frames, EdgeCounts Counts)> RunAsync(
        MqttPublisher publisher, EdgeOptions options, LiveViewEndpoints? view = null)
    {
        await using var camera = CameraSource.Open(_folder.Path, new CameraOptions { Fps = 0 });
        using var classifier = ColourModel.Open();
        var runner = new EdgeRunner(camera, classifier, publisher, options);
        if (view is not null)
            runner.ShowOn(view);
        List<EdgeFrame> frames = [];
        runner.FrameDone += frames.Add;
        await runner.RunAsync(TestContext.Current.CancellationToken);
        return (frames, runner.Counts);
    }

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

    private static MqttEndpoint NobodyThere() => new() { Host = "127.0.0.1", Port = FreePort.Next() };
}
