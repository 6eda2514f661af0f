using System.Collections.Concurrent;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Subscribing;

/// <summary>What a subscriber says of itself.</summary>
public class SubscriptionStateTests
{
    private readonly ConcurrentQueue<ConnectionState> _states = new();

    [Fact]
    public async Task A_subscriber_is_connected_when_its_subscription_is_granted()
    {
        var asked = new TaskCompletionSource();
        var granting = new TaskCompletionSource();
        await using var broker = ScriptedBroker.Start(async client =>
        {
            await client.AcceptAsync();
            var (_, body) = await client.ReadAsync();
            asked.SetResult();
            await granting.Task;
            await client.SendAsync(Packets.SubAck(body, 1));
            await client.ServeAsync();
        });

        await using var subscriber = Start(broker.Endpoint, "sockfound");
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(2));
        var before = subscriber.Status.State;
        granting.SetResult();
        await Eventually.TrueAsync(() => subscriber.Status.State == ConnectionState.Connected, "the subscriber is connected");

        Assert.Equal(ConnectionState.Connecting, before);
    }

    [Fact]
    public async Task A_refused_filter_is_a_state_that_names_it()
    {
        await using var broker = ScriptedBroker.Start(async client =>
        {
            await client.AcceptAsync();
            await client.AnswerSubscriptionAsync(1, 0x87);
            await client.ServeAsync();
        });

        await using var subscriber = Start(broker.Endpoint, "sockfound", "secret/#");
        await Eventually.TrueAsync(() => broker.Connections > 1, "the subscriber has tried again");

        Assert.Equal(ConnectionState.Refused, subscriber.Status.State);
        Assert.StartsWith($"{broker.Endpoint} refuses the subscription to 'secret/#': NotAuthorized", subscriber.Status.LastError);
        Assert.DoesNotContain(ConnectionState.Connected, _states);
    }

    [Fact]
    public async Task A_subscription_granted_for_less_than_was_asked_stands_and_says_so()
    {
        await using var broker = ScriptedBroker.Start(async client =>
        {
            await client.AcceptAsync();
            await client.AnswerSubscriptionAsync(0);
            await client.ServeAsync();
        });

        await using var subscriber = Start(broker.Endpoint, "sockfound");
        await Eventually.TrueAsync(() => subscriber.Status.State == ConnectionState.Connected, "the subscriber is connected");

        Assert.Equal($"{broker.Endpoint} grants the subscription to 'sockfound' for QoS 0 only, not for 1: it may lose messages, "
            + "and keeps none while this client is away", subscriber.Status.LastError);
    }

    [Fact]
    public async Task A_broker_that_closes_the_connection_instead_of_an_answer_is_named()
    {
        await using var broker = ScriptedBroker.Start(async client =>
        {
            await client.AcceptAsync();
            _ = await client.ReadAsync();
        });

        await using var subscriber = Start(broker.Endpoint, "sockfound");
        await Eventually.TrueAsync(() => broker.Connections > 4, "the subscriber has tried again");

        Assert.Equal(ConnectionState.Disconnected, subscriber.Status.State);
        Assert.Equal($"the connection to {broker.Endpoint} was lost: the broker has closed it, when it was asked for the "
            + "subscription to 'sockfound'; is a connection without user allowed to subscribe to it?", subscriber.Status.LastError);
        Assert.DoesNotContain(ConnectionState.Connected, _states);
    }

    [Fact]
    public async Task What_the_broker_says_of_its_own_drops_is_shown()
    {
        await using var broker = ScriptedBroker.Start(async client =>
        {
            await client.AcceptAsync();
            await client.AnswerSubscriptionAsync(1);
            await client.AnswerSubscriptionAsync(0);
            await client.SendAsync(Packets.Publish("$SYS/broker/publish/messages/dropped", "17"), Packets.Publish("sockfound", "x"));
            await client.ServeAsync();
        });

        await using var subscriber = Start(broker.Endpoint, "sockfound");
        await Eventually.TrueAsync(() => subscriber.Status.Handled == 1, "the message is handled");

        Assert.Equal((17, 1), (subscriber.Status.BrokerDropped, subscriber.Status.Received));
    }

    [Theory]
    [InlineData("$SYS/#")]
    [InlineData("$SYS/broker/publish/messages/dropped")]
    public async Task Who_subscribes_to_what_the_broker_says_gets_it_as_well(string filter)
    {
        await using var broker = ScriptedBroker.Start(async client =>
        {
            await client.AcceptAsync();
            await client.AnswerSubscriptionAsync(1);
            await client.SendAsync(Packets.Publish("$SYS/broker/publish/messages/dropped", "17"));
            await client.ServeAsync();
        });

        await using var subscriber = Start(broker.Endpoint, filter);
        await Eventually.TrueAsync(() => subscriber.Status.Handled == 1, "the message is handled");

        Assert.Equal((17, 1), (subscriber.Status.BrokerDropped, subscriber.Status.Received));
    }

    [Fact]
    public async Task A_broker_that_closes_the_connection_over_its_own_topics_is_not_asked_for_them_again()
    {
        await using var broker = ScriptedBroker.Start(async (client, number) =>
        {
            await client.AcceptAsync();
            await client.AnswerSubscriptionAsync(1);
            if (number > 2)
                await client.SendAsync(Packets.Publish("sockfound", "x"));
            while ((await client.ReadAsync()).First != Packets.Subscribe)
            {
            }
        });

        await using var subscriber = Start(broker.Endpoint, "sockfound");
        await Eventually.TrueAsync(
            () => subscriber.Status is { State: ConnectionState.Connected, Handled: 1 }, "the subscriber is connected");

        Assert.Equal((3, null), (broker.Connections, subscriber.Status.BrokerDropped));
    }

    [Theory]
    [InlineData("32 05 00 01 61 00 00", "the broker has sent a malformed PUBLISH: it has no packet identifier")]
    [InlineData("30 03 00 09 61", "the broker has sent a malformed PUBLISH: its topic has 9 bytes, the rest of the packet 3")]
    [InlineData("90 FF FF FF 7F", "the broker has sent a malformed SUBACK: it has 268435455 bytes")]
    public async Task A_malformed_packet_ends_the_connection_with_its_name(string hex, string problem)
    {
        await using var broker = ScriptedBroker.Start(async (client, number) =>
        {
            await client.AcceptAsync();
            await client.AnswerSubscriptionAsync(1);
            if (number == 1)
                await client.SendAsync(Convert.FromHexString(hex.Replace(" ", "")));
            await client.ServeAsync();
        });

        await using var subscriber = Start(broker.Endpoint, "sockfound");
        await Eventually.TrueAsync(
            () => subscriber.Status is { State: ConnectionState.Connected, Reconnects: 1 }, "the subscriber is connected again");

        Assert.Equal($"the connection to {broker.Endpoint} was lost: {problem}", subscriber.Status.LastError);
    }

    private MqttSubscriber Start(MqttEndpoint endpoint, params string[] filters)
    {
        var options = new SubscriberOptions { Endpoint = endpoint, ClientId = "test-subscriber", TopicFilters = filters };
        var subscriber = MqttSubscriber.Start(options, (_, _) => Task.CompletedTask);
        subscriber.StatusChanged += status => _states.Enqueue(status.State);
        return subscriber;
    }
}
