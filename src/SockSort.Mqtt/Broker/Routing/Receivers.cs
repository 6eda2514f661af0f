namespace SockSort.Mqtt.Broker.Routing;

/// <summary>The subscriptions that the messages of a run go to; looked up once for messages of one topic. Not thread-safe.</summary>
internal struct Receivers(SubscriptionTree subscriptions)
{
    private string? _topic;
    private int _version;
    private SubscriptionMatches _matches = SubscriptionMatches.None;

    public SubscriptionMatches Of(string topic)
    {
        var version = subscriptions.Version;
        if (!ReferenceEquals(topic, _topic) || version != _version)
            (_topic, _version, _matches) = (topic, version, subscriptions.Match(topic));
        return _matches;
    }
}
