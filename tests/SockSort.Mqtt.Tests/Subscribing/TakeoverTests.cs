using System.Collections.Concurrent;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Subscribing;

/// <summary>Two programs that use one client id.</summary>
public class TakeoverTests
{
    [Fact]
    public async Task The_one_that_came_first_gives_way_and_stays_away()
    {
        await using var broker = await AnyBroker.StartAsync("embedded");
        var handled = new ConcurrentQueue<string>();
        await using var first = await StartAsync(broker.Endpoint, "first", handled);
        await using var second = await StartAsync(broker.Endpoint, "second", handled);
        await Eventually.TrueAsync(() => first.Status.State == ConnectionState.TakenOver, "the first one is taken over");

        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);
        for (var i = 0; i < 100; i++)
            _ = await publisher.PublishAsync("sockfound", $"{i}");
        await Eventually.TrueAsync(() => handled.Count >= 100, "all are handled");

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"second {i}"), handled);
        Assert.Equal((ConnectionState.Connected, 0), (second.Status.State, second.Status.Reconnects));
        Assert.Equal((ConnectionState.TakenOver, 0), (first.Status.State, first.Status.Reconnects));
        Assert.Contains("has given the session of client id 'twin' to another program that uses the same id", first.Status.LastError);
    }

    // Mosquitto 2.0.11 does not give the reason in MQTT 5 either.
    [Theory]
    [InlineData(MqttVersion.V5)]
    [InlineData(MqttVersion.V311)]
    public async Task Where_the_broker_gives_no_reason_one_of_them_gives_way_after_a_few_turns(MqttVersion version)
    {
        await using var broker = await AnyBroker.StartAsync("mosquitto");
        var endpoint = broker.Endpoint with { Version = version };
        var handled = new ConcurrentQueue<string>();
        await using var first = await StartAsync(endpoint, "first", handled);
        await using var second = await StartAsync(endpoint, "second", handled);

        await Eventually.TrueAsync(() => (first.Status.State, second.Status.State) is (ConnectionState.TakenOver, ConnectionState.Connected)
            or (ConnectionState.Connected, ConnectionState.TakenOver), "one has given way");
        var (loser, winner) = first.Status.State == ConnectionState.TakenOver ? (first, second) : (second, first);
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);
        _ = await publisher.PublishAsync("sockfound", "x");
        await Eventually.TrueAsync(() => !handled.IsEmpty, "the message is handled");

        Assert.Contains("in a row without a reason: another program seems to use the same client id 'twin'", loser.Status.LastError);
        Assert.Equal((ConnectionState.Connected, 1), (winner.Status.State, winner.Status.Handled));
    }

    [Fact]
    public async Task A_subscriber_that_comes_back_after_its_network_failed_is_not_its_own_rival()
    {
        await using var broker = await AnyBroker.StartAsync("mosquitto");
        await using var network = Relay.Start(broker.Endpoint);
        var handled = new ConcurrentQueue<string>();
        var states = new ConcurrentQueue<ConnectionState>();
        await using var subscriber = await StartAsync(network.Endpoint, "only", handled);
        subscriber.StatusChanged += status => states.Enqueue(status.State);

        for (var i = 1; i <= 3; i++)
        {
            // The broker still has the old connection when the new one comes.
            network.Freeze();
            await Eventually.TrueAsync(
                () => subscriber.Status is { State: ConnectionState.Connected } status && status.Reconnects == i, "the subscriber is back");
        }
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);
        _ = await publisher.PublishAsync("sockfound", "x");
        await Eventually.TrueAsync(() => !handled.IsEmpty, "the message is handled");

        Assert.DoesNotContain(ConnectionState.TakenOver, states);
    }

    private static async Task<MqttSubscriber> StartAsync(MqttEndpoint endpoint, string name, ConcurrentQueue<string> handled)
    {
        var options = new SubscriberOptions
        {
            Endpoint = endpoint,
            ClientId = "twin",
            TopicFilters = ["sockfound"],
            KeepAlive = TimeSpan.FromSeconds(1),
        };
        var subscriber = MqttSubscriber.Start(options, (batch, _) =>
        {
            foreach (var message in batch)
                handled.Enqueue($"{name} {message.Text()}");
            return Task.CompletedTask;
        });
        await Eventually.TrueAsync(() => subscriber.Status.State == ConnectionState.Connected, "the subscriber is connected");
        return subscriber;
    }
}
