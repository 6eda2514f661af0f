using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>One filter of one session.</summary>
/// <param name="Identifier">0 = none.</param>
internal sealed record Subscription(ISubscriber Subscriber, SubscriptionRequest Request, uint Identifier)
{
    public string Filter => Request.Filter;

    public IReadOnlyList<uint> Identifiers { get; } = Identifier == 0 ? [] : [Identifier];

    // One of a session and a filter is that one, whatever else it says.
    public bool Equals(Subscription? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
