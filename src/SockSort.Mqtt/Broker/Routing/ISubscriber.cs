namespace SockSort.Mqtt.Broker;

/// <summary>One who has subscriptions: a session.</summary>
internal interface ISubscriber
{
    string ClientId { get; }

    /// <summary>Gives it a message. Returns at once.</summary>
    void Offer(SubscriberMessage delivery);
}
