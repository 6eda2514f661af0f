using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SockSort.Edge.Cameras;
using SockSort.Edge.Kept;
using SockSort.Edge.Loop;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Imaging.Decoding;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Kept;

/// <summary>What a message says and what is kept under its run and number are of one frame.</summary>
public sealed class KeptByRunnerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public KeptByRunnerTests()
    {
        Pictures.WriteFolder(_folder.Path);
        for (var index = 1; index <= Pictures.Colours.Length; index++)
            File.Copy(_folder.File($"{index}.png"), _folder.File($"{index}b.png"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("frame", 8)]
    [InlineData("change", 4)]
    public async Task The_picture_kept_is_that_of_the_frame_whose_message_carries_run_and_seq(string every, int messages)
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arrived = new ConcurrentQueue<JsonNode>();
        broker.Intake("sockfound", message =>
        {
            arrived.Enqueue(JsonNode.Parse(message.Payload.Span)!);
            return Task.CompletedTask;
        });
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });
        await using var camera = CameraSource.Open(_folder.Path, new CameraOptions { Fps = 0 });
        using var classifier = ColourModel.Open();
        Assert.True(PublishEvery.TryParse(every, out var publishEvery));
        var options = new EdgeOptions { Fields = MessageFields.Run | MessageFields.Seq, PublishEvery = publishEvery };
        var runner = new EdgeRunner(camera, classifier, publisher, options);
        var store = new FrameStore(FrameStore.DefaultBytes);
        runner.KeepIn(store);

        await runner.RunAsync(TestContext.Current.CancellationToken);
        Assert.True(await publisher.FlushAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));

        Assert.Equal((messages, messages), (arrived.Count, store.Counts.Frames));
        Assert.All(arrived, message => Assert.Equal($"{message["image"]}", LabelIn(store, message)));
    }

    /// <summary>The label of the kept picture's colour.</summary>
    private static string LabelIn(FrameStore store, JsonNode message)
    {
        var kept = store.Find($"{message["run"]}", message["seq"]!.GetValue<long>())!;
        return ColourModel.Labels[Pictures.ColourOf(PictureReader.Read(kept.Jpeg, "kept"))];
    }
}
