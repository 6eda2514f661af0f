using SockSort.Edge.Cameras;
using SockSort.Edge.Loop;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Loop;

public sealed class EdgeFiguresTests
{
    [Fact]
    public async Task What_the_publisher_drops_and_owes_is_among_them()
    {
        await using var publisher = MqttPublisher.Start(new PublisherOptions
        {
            Endpoint = MqttEndpoint.Parse($"mqtt://127.0.0.1:{FreePort.Next()}"),
            MaxWaiting = 3,
        });
        for (var i = 0; i < 5; i++)
            _ = publisher.Publish("sockfound", $"{i}");

        var figures = EdgeFigures.Of(new EdgeCounts(5, 4.0, new CameraCounts(7, 1, 2, Damaged: 3, Reopened: 4), publisher.Status))
            .ToDictionary(figure => figure.Name, figure => figure.Value);

        Assert.Equal(
            (5, 0, 2, 0, 3),
            (figures["messages"], figures[
                "messages_acknowledged"], figures["messages_dropped"], figures["messages_refused"], figures["messages_waiting"]));
        Assert.Equal(
            (5, 2, 1, 0), (figures["frames"], figures["frames_dropped"], figures["frames_unreadable"], figures["broker_connected"]));
        Assert.Equal((3, 4), (figures["frames_damaged"], figures["camera_reopened"]));
    }
}
