using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>One filter of one session.</summary>
/// <param name="Identifier">0 = none.</param>
internal sealed record Subscription(ISubscriber Subscriber, SubscriptionRequest Request, uint Identifier)
{
    public string Filter => Request.Filter;

    public IReadOnlyList<uint> Identifiers { get; } = Identifier == 0 ? [] : [Identifier];

    /// <summary>[MQTT-3.3.1-9] to [MQTT-3.3.1-11] (5): whether the retained messages go to it.</summary>
    /// <param name="isNew">The session had none to this filter.</param>
    public bool GetsRetained(bool isNew) => Request.RetainHandling == 0 || (Request.RetainHandling == 1 && isNew);

    // One of a session and a filter is that one, whatever else it says.
    public bool Equals(Subscription? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
