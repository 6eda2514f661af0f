using System.Collections.Concurrent;
using SockSort.Mqtt.Publishing;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Connections;

/// <summary>Against npm's aedes, which speaks MQTT 3.1 and 3.1.1 only.</summary>
public class OldBrokerTests
{
    [Fact]
    public async Task Given_a_broker_of_3_1_1_only_expect_a_publisher_to_deliver_everything()
    {
        await using var aedes = await Aedes.StartAsync();
        await using var publisher = MqttPublisher.Start(
            new PublisherOptions { Endpoint = MqttEndpoint.Parse(aedes.Uri), StatusTopic = "socksort/one/status" });

        for (var i = 0; i < 100; i++)
            _ = publisher.Publish("sockfound", $"{i}");
        var flushed = await publisher.FlushAsync(TimeSpan.FromMinutes(2));
        await Eventually.TrueAsync(() => aedes.Messages.Contains("socksort/one/status online"), "the status has arrived");
        await Eventually.TrueAsync(() => aedes.Messages.Count() > 100, "aedes has told of all");

        Assert.True(flushed);
        Assert.Equal(
            Enumerable.Range(0, 100).Select(i => $"sockfound {i}"),
            aedes.Messages.Where(message => message.StartsWith("sockfound", StringComparison.Ordinal)));
        Assert.Equal((MqttVersion.V311, ConnectionState.Connected), (publisher.Status.Version, publisher.Status.State));
        Assert.Empty(publisher.Status.RefusedTopics);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(MqttVersion.V31)]
    [InlineData(MqttVersion.V311)]
    public async Task Given_a_broker_of_3_1_1_only_expect_a_subscriber_to_get_everything(MqttVersion? version)
    {
        await using var aedes = await Aedes.StartAsync();
        var endpoint = MqttEndpoint.Parse(aedes.Uri) with { Version = version };
        var handled = new ConcurrentQueue<string>();
        await using var subscriber =
            MqttSubscriber.Start(new SubscriberOptions { Endpoint = endpoint, ClientId = "sock", TopicFilters = ["sockfound"], Qos = 1 }, (
                batch, _) =>
        {
            foreach (var message in batch)
                handled.Enqueue(message.Text());
            return Task.CompletedTask;
        });
        await Eventually.TrueAsync(() => subscriber.Status.State == ConnectionState.Connected, "the subscriber is connected");
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = endpoint });

        for (var i = 0; i < 100; i++)
            _ = publisher.Publish("sockfound", $"{i}");
        await Eventually.TrueAsync(() => handled.Count >= 100, "the messages are handled");

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), handled);
    }

    [Fact]
    public async Task Given_a_broker_that_closes_on_every_other_topic_expect_the_data_to_be_delivered_and_the_status_to_be_named_once()
    {
        await using var aedes = await Aedes.StartAsync(only: "sockfound");
        var named = new ConcurrentQueue<RefusedTopic>();
        await using var publisher = MqttPublisher.Start(
            new PublisherOptions { Endpoint = MqttEndpoint.Parse(aedes.Uri), StatusTopic = "socksort/one/status" });
        publisher.TopicRefused += named.Enqueue;

        await Eventually.TrueAsync(() => !named.IsEmpty, "the status topic is named");
        for (var i = 0; i < 100; i++)
            _ = publisher.Publish("sockfound", $"{i}");
        var flushed = await publisher.FlushAsync(TimeSpan.FromMinutes(2));
        await Eventually.TrueAsync(() => aedes.Messages.Count() >= 100, "aedes has told of all");

        Assert.True(flushed);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"sockfound {i}"), aedes.Messages);
        Assert.Equal(new RefusedTopic("socksort/one/status", IsWill: false, ReasonCode: null,
            $"{aedes.Uri} closes each connection after a message to 'socksort/one/status', and acknowledges none: this user may not be "
                + "allowed to publish there, or the broker can't store it"),
            Assert.Single(named));
    }

    [Fact]
    public async Task Given_a_broker_that_closes_on_the_data_topic_expect_it_to_be_said_and_the_messages_to_wait()
    {
        await using var aedes = await Aedes.StartAsync(only: "elsewhere");
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = MqttEndpoint.Parse(aedes.Uri) });

        _ = publisher.Publish("sockfound", "one");
        await Eventually.TrueAsync(() => publisher.Status.State == ConnectionState.Refused, "the refusal is a state");

        Assert.Equal($"{aedes.Uri} closes each connection after a message to 'sockfound', and acknowledges none: this user may not be "
            + "allowed to publish there, or the broker can't store it",
            publisher.Status.LastError);
        Assert.Equal((0, 1), (publisher.Status.Lost, publisher.Status.Waiting));
    }
}
