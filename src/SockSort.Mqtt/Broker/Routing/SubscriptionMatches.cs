namespace SockSort.Mqtt.Broker.Routing;

/// <summary>The subscriptions that a topic matches.</summary>
internal sealed class SubscriptionMatches
{
    public static readonly SubscriptionMatches None = new();

    /// <summary>Those of one session only.</summary>
    public List<Subscription> Own { get; } = [];

    /// <summary>Those that several share.</summary>
    public List<SharedGroup> Shared { get; } = [];

    public void Add(IEnumerable<Subscription> own, IEnumerable<SharedGroup>? shared)
    {
        Own.AddRange(own);
        if (shared is not null)
            Shared.AddRange(shared);
    }
}
