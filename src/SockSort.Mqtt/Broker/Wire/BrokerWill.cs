
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>What a client wants to be published when it goes without saying goodbye.</summary>
/// <param name="Properties">As in <see cref="PublishPacket"/>.</param>
/// <param name="ExpirySeconds">Counts from its publication; null = it does not expire.</param>
/// <param name="DelaySeconds">How long the client has to come back before; MQTT 5 only, else 0.</param>
internal sealed record BrokerWill(
    string Topic, byte[] Payload, int Qos, bool Retain, byte[] Properties, uint? ExpirySeconds, uint DelaySeconds);
