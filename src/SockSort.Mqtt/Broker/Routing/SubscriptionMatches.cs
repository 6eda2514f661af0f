namespace SockSort.Mqtt.Broker.Routing;

/// <summary>The subscriptions that a topic matches.</summary>
internal sealed class SubscriptionMatches
{
    /// <summary>Those of one session only.</summary>
    public List<Subscription> Own { get; } = [];

    /// <summary>Those that several share; null = none.</summary>
    public List<SharedGroup>? Shared { get; private set; }

    public void Add(IEnumerable<Subscription> own, IEnumerable<SharedGroup>? shared)
    {
        Own.AddRange(own);
        if (shared is not null)
            (Shared ??= []).AddRange(shared);
    }
}
