using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>One who has subscriptions: a session.</summary>
internal interface ISubscriber
{
    string ClientId { get; }

    /// <summary>Gives it a message. Returns at once.</summary>
    /// <returns>Whether it is kept over a restart, and so has to be on disk before it is acknowledged.</returns>
    bool Offer(SubscriberMessage delivery);
}
