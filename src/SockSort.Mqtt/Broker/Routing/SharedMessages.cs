using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>
/// Moves the messages of shared subscriptions from a subscriber that has gone to another one of the group, so that they do not wait for
/// it. Thread-safe.
/// </summary>
internal sealed class SharedMessages(SubscriptionTree subscriptions)
{
    /// <summary>A message as the one that its group has chosen gets it.</summary>
    public static SubscriberMessage For(BrokerMessage message, Subscription chosen)
    {
        var qos = Math.Min(message.Qos, chosen.Request.Qos);
        var retain = message.Retain && chosen.Request.RetainAsPublished;
        return new SubscriberMessage(message, qos, retain, chosen.Identifiers, chosen.Filter);
    }

    /// <summary>Of a subscriber whose client has gone: to those that are connected. Without one they wait where they are.</summary>
    public void HandOver(ISubscriber gone) =>
        Move(gone, (filter, message) => subscriptions.GroupOf(filter)?.NextConnected(message.Topic, gone));

    /// <summary>Of a session that ends, after its subscriptions have ended: to any other one.</summary>
    public void HandOverAtEnd(ISubscriber ended) =>
        Move(ended, (filter, message) => subscriptions.GroupOf(filter)?.Next(message.Topic, ended));

    /// <summary>To a subscriber that has come: what waits for those of its groups that are not there.</summary>
    /// <param name="filters">Of all its subscriptions.</param>
    public void TakeOver(IEnumerable<string> filters)
    {
        foreach (var filter in filters.Where(TopicSyntax.IsShared))
        {
            foreach (var member in subscriptions.GroupOf(filter)?.Members ?? [])
            {
                if (!member.Subscriber.IsConnected)
                    HandOver(member.Subscriber);
            }
        }
    }

    private static void Move(ISubscriber from, Func<string, BrokerMessage, Subscription?> next)
    {
        foreach (var (delivery, to) in from.TakeShared(next))
        {
            // Taken by the new one first, so that no end of the process loses it.
            _ = to.Subscriber.Offer(For(delivery.Message, to));
            from.HandedOver(delivery);
        }
    }
}
