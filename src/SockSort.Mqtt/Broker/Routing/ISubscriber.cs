namespace SockSort.Mqtt.Broker;

/// <summary>One who has subscriptions: a session.</summary>
internal interface ISubscriber
{
    string ClientId { get; }

    /// <summary>A message for it. Returns at once.</summary>
    void Offer(SubscriberMessage delivery);
}
