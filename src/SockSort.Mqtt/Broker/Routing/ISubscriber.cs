using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>One who has subscriptions: a session.</summary>
internal interface ISubscriber
{
    string ClientId { get; }

    /// <summary>Whether its client is there.</summary>
    bool IsConnected { get; }

    /// <summary>Whether its client may have a topic's messages.</summary>
    bool MayRead(string topic);

    /// <summary>Gives it a message. Returns at once.</summary>
    /// <returns>Whether it is kept over a restart, and so has to be on disk before it is acknowledged.</returns>
    bool Offer(SubscriberMessage delivery);

    /// <summary>
    /// Takes out the messages of shared subscriptions that another subscriber may get: those that wait, and those of QoS 1 that are
    /// not acknowledged. One of QoS 2 that was sent stays (section 4.8.2).
    /// </summary>
    /// <param name="next">Says who gets a message of a shared filter; null = nobody, it stays.</param>
    IReadOnlyList<(SubscriberMessage Delivery, Subscription To)> TakeShared(Func<string, BrokerMessage, Subscription?> next);

    /// <summary>Another subscriber has a message that was taken out.</summary>
    void HandedOver(SubscriberMessage delivery);
}
