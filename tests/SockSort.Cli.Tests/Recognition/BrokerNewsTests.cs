using System.Collections.Concurrent;
using SockSort.Cli.Recognition;
using SockSort.Mqtt;
using SockSort.Mqtt.Addresses;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Broker.Clients;
using SockSort.Mqtt.Broker.Routing;
using SockSort.Mqtt.Broker.Sessions;
using SockSort.Mqtt.Broker.Wire;
using SockSort.Mqtt.Connections;
using SockSort.Mqtt.Connections.Opening;
using SockSort.Mqtt.Publishing;
using SockSort.Mqtt.Receiving;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Recognition;

public sealed class BrokerNewsTests
{
    private readonly ConcurrentQueue<string> _told = new();

    [Fact]
    public async Task A_broker_that_is_away_is_told_of_once_and_again_when_it_comes()
    {
        var options = new BrokerOptions { Port = FreePort.Next(), Password = "p" };
        var endpoint = MqttEndpoint.Parse($"mqtt://socksort:p@127.0.0.1:{options.Port}");
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = endpoint });
        var tries = 0;
        publisher.StatusChanged += _ => Interlocked.Increment(ref tries);
        new BrokerNews(publisher, _told.Enqueue).Follow();
        await Eventually.TrueAsync(() => tries >= 3, "it has tried several times");

        await using var broker = await EmbeddedBroker.StartAsync(options, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _told.Contains("connected"), "the connection is told of");

        Assert.Equal(
            [
                $"not reachable, trying again; 0 messages wait (no MQTT broker answers at {endpoint}: nothing listens on port "
                    + $"{options.Port}; start the broker, or correct the address)",
                "connected",
            ],
            _told);
    }

    [Fact]
    public async Task An_old_broker_is_told_of_with_its_version_and_a_topic_that_it_refuses_once()
    {
        await using var aedes = await Aedes.StartAsync(only: "sockfound");
        await using var publisher = MqttPublisher.Start(
            new PublisherOptions { Endpoint = MqttEndpoint.Parse(aedes.Uri), StatusTopic = "socksort/one/status" });
        await Eventually.TrueAsync(() => publisher.Status.RefusedTopics.Count == 1, "the status topic is refused");

        new BrokerNews(publisher, _told.Enqueue).Follow();
        await Eventually.TrueAsync(() => _told.Contains("connected (MQTT 3.1.1)"), "the connection is told of");

        Assert.Single(
            _told,
            text =>
                text.StartsWith($"{aedes.Uri} closes each connection after a message to 'socksort/one/status'", StringComparison.Ordinal));
    }
}
