using System.Collections.Concurrent;
using System.Text;
using SockSort.Edge.Cameras;
using SockSort.Edge.HomeAssistant;
using SockSort.Edge.Loop;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Imaging.Decoding;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Edge.Tests.HomeAssistant;

/// <summary>What Home Assistant hears of a camera at a broker.</summary>
public sealed class HomeAssistantPicturesTests
{
    [Fact]
    public async Task The_camera_is_announced_and_each_change_of_its_label_brings_a_picture_and_a_broker_keeps_all_of_it()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arrived = new ConcurrentQueue<MqttMessage>();
        using var intake = broker.Intake("#", message =>
        {
            arrived.Enqueue(message);
            return Task.CompletedTask;
        });
        using var folder = new TempFolder();
        Pictures.WriteFolder(folder.Path);
        await using var camera = CameraSource.Open(folder.Path, new CameraOptions { Fps = 0 });
        using var classifier = ColourModel.Open();
        await using var publisher = MqttPublisher.Start(new PublisherOptions
        {
            Endpoint = broker.Endpoint,
            LatestTopic = CameraTopics.Label("desk"),
            PictureTopic = CameraTopics.Picture("desk"),
            Announcements = HomeAssistantDiscovery.For("desk", "homeassistant"),
        });
        var runner = new EdgeRunner(camera, classifier, publisher, new EdgeOptions());
        using var pictures = new HomeAssistantPictures(runner, publisher);

        await runner.RunAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => LastOf("socksort/desk/picture") is { } last && IsBlank(last), "the last picture has come");
        await Eventually.TrueAsync(() => arrived.Count(message => message.Topic.EndsWith("/config", StringComparison.Ordinal)) == 5,
            "the camera is announced");

        var kept = arrived.Where(message => message.Topic != "sockfound").ToList();
        Assert.All(kept, message => Assert.True(message.Retained, message.Topic));
        await Eventually.TrueAsync(
            () => Encoding.UTF8.GetString(LastOf("socksort/desk/label")!.Payload.Span).Contains("Blank", StringComparison.Ordinal),
            "the label has come");

        MqttMessage? LastOf(string topic) => arrived.LastOrDefault(message => message.Topic == topic);

        // The fourth picture of the folder is the blank one.
        static bool IsBlank(MqttMessage message) => Pictures.ColourOf(PictureReader.Read(message.Payload.ToArray(), "picture")) == 3;
    }
}
