using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Broker.Routing;
using SockSort.Mqtt.Broker.Sessions;
using SockSort.Mqtt.Broker.Wire;
using BrokerSubscription = SockSort.Mqtt.Broker.Routing.Subscription;

namespace SockSort.Mqtt.Tests.Broker;

/// <summary>Whatever gives a session something to send wakes its connection: it may have looked a moment before.</summary>
public sealed class BrokerSessionTests
{
    private readonly BrokerSession _session = new("one", new BrokerOptions(), new BrokerTally());
    private readonly Holder _holder = new();

    public BrokerSessionTests() => _session.Attach(_holder, window: 1);

    [Fact]
    public void Retained_messages_for_a_new_subscription_wake_it()
    {
        _session.Add(new RetainedBacklog(Subscription(), [new RetainedMessage { Message = Message() }]));

        Assert.Equal(1, _holder.Woken);
        Assert.True(_session.TryTake(_holder, now: 0, out var next));
        Assert.True(next.Delivery.Retain);
    }

    [Fact]
    public void A_message_and_the_acknowledgement_that_makes_room_for_the_next_wake_it()
    {
        _session.Offer(new SubscriberMessage(Message(), Qos: 1, Retain: false, []));
        _session.Offer(new SubscriberMessage(Message(), Qos: 1, Retain: false, []));
        Assert.True(_session.TryTake(_holder, now: 0, out var first));
        Assert.False(_session.TryTake(_holder, now: 0, out _));

        _session.Acknowledged(first.Id);

        Assert.Equal(3, _holder.Woken);
        Assert.True(_session.TryTake(_holder, now: 0, out _));
    }

    private BrokerSubscription Subscription() =>
        new(_session, new SubscriptionRequest("kept/#", 1, NoLocal: false, RetainAsPublished: false, RetainHandling: 0), Identifier: 0);

    private static BrokerMessage Message() => new("kept/one", [1], 1, true, [], null, "publisher", TimeProvider.System, 0);

    private sealed class Holder : ISessionHolder
    {
        public int Woken { get; private set; }

        public Task Ended => Task.CompletedTask;

        public void MoreToSend() => Woken++;

        public void Close(byte reason, string? text)
        {
        }
    }
}
