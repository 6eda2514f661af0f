
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>A message as one subscriber gets it.</summary>
/// <param name="Qos">The lower one of message and subscription.</param>
/// <param name="Retain">[MQTT-3.3.1-8], [MQTT-3.3.1-9]: set for what was there before the subscription.</param>
/// <param name="Identifiers">Of the subscriptions that it matches.</param>
/// <param name="SharedBy">The shared subscription, <c>$share/GROUP/FILTER</c>, that has chosen this subscriber; null = none.</param>
internal sealed record SubscriberMessage(
    BrokerMessage Message, int Qos, bool Retain, IReadOnlyList<uint> Identifiers, string? SharedBy = null)
{
    /// <summary>Its place among the messages of its session that are kept over a restart; 0 = it is not.</summary>
    public long Number { get; set; }
}
