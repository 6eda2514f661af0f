using SockSort.Shared;

namespace SockSort.Mqtt.Broker.Wire;

/// <summary>A client has broken a rule of the standard; its connection ends.</summary>
internal sealed class PacketViolation(PacketRule rule) : ExpectedException(rule.Problem)
{
    /// <inheritdoc/>
    public override string Code => "mqtt-packet";

    public PacketRule Rule { get; } = rule;
}
