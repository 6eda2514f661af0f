using System.Collections.Concurrent;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Subscribing;

/// <summary>Which retained messages come when.</summary>
public class RetainedMessagesTests
{
    [Theory]
    [InlineData(MqttVersion.V5)]
    [InlineData(MqttVersion.V311)]
    public async Task With_its_session_a_subscriber_gets_nothing_retained_a_second_time(MqttVersion version)
    {
        var handled = await CutTwiceAsync(version, keepSession: true);

        Assert.Equal(["kept True", "live False"], handled);
    }

    [Theory]
    [InlineData(MqttVersion.V5)]
    [InlineData(MqttVersion.V311)]
    public async Task Without_a_session_each_connection_begins_with_what_is_retained(MqttVersion version)
    {
        var handled = await CutTwiceAsync(version, keepSession: false);

        Assert.Equal(["kept True", "kept True", "kept True", "live False"], handled);
    }

    private static async Task<IEnumerable<string>> CutTwiceAsync(MqttVersion version, bool keepSession)
    {
        await using var broker = await AnyBroker.StartAsync("mosquitto");
        await using var network = Relay.Start(broker.Endpoint);
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);
        _ = await publisher.PublishAsync("sockfound", "kept", retain: true);
        var handled = new ConcurrentQueue<string>();
        var options = new SubscriberOptions
        {
            Endpoint = network.Endpoint with { Version = version },
            ClientId = "test-subscriber",
            TopicFilters = ["sockfound"],
            Qos = 0, // an acknowledgement that is cut off would bring a message again
            KeepSession = keepSession,
        };
        await using var subscriber = MqttSubscriber.Start(options, (batch, _) =>
        {
            foreach (var message in batch)
                handled.Enqueue($"{message.Text()} {message.Retained}");
            return Task.CompletedTask;
        });
        await Eventually.TrueAsync(() => handled.Count == 1, "the retained message is handled");

        for (var i = 1; i <= 2; i++)
        {
            network.Cut();
            var expected = keepSession ? 1 : i + 1;
            await Eventually.TrueAsync(
                () =>
                    handled.Count == expected && subscriber.Status is { State: ConnectionState.Connected } status && status.Reconnects == i,
                "the subscriber is back");
        }
        _ = await publisher.PublishAsync("sockfound", "live");
        await Eventually.TrueAsync(() => handled.Contains("live False"), "the last message is handled");
        return handled;
    }
}
