using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>One who has subscriptions: a session.</summary>
internal interface ISubscriber
{
    string ClientId { get; }

    /// <summary>A message for it. Returns at once.</summary>
    void Offer(SubscriberMessage delivery);
}
