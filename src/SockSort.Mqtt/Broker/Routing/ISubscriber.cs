using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>One who has subscriptions: a session.</summary>
internal interface ISubscriber
{
    string ClientId { get; }

    /// <summary>Gives it a message. Returns at once.</summary>
    void Offer(SubscriberMessage delivery);
}
