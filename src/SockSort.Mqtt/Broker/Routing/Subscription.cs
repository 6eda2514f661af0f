using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>One filter of one session.</summary>
/// <param name="Identifier">0 = none.</param>
internal sealed record Subscription(ISubscriber Subscriber, SubscriptionRequest Request, uint Identifier)
{
    public string Filter => Request.Filter;

    /// <summary>The group that shares the filter; null = none.</summary>
    public string? Group { get; } = TopicSyntax.GroupOf(Request.Filter);

    /// <summary>What topics are matched with: the filter, without what makes it a shared one.</summary>
    public string TopicFilter { get; } = TopicSyntax.UnsharedOf(Request.Filter);

    public IReadOnlyList<uint> Identifiers { get; } = Identifier == 0 ? [] : [Identifier];

    /// <summary>[MQTT-3.3.1-9] to [MQTT-3.3.1-11] (5), section 4.8.2: whether the retained messages go to it.</summary>
    /// <param name="isNew">The session had none to this filter.</param>
    public bool GetsRetained(bool isNew) =>
        Group is null && (Request.RetainHandling == 0 || (Request.RetainHandling == 1 && isNew));

    // One of a session and a filter is that one, whatever else it says.
    public bool Equals(Subscription? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
