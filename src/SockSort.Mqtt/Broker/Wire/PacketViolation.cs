
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>A client has broken a rule of the standard; its connection ends.</summary>
internal sealed class PacketViolation(PacketRule rule) : Exception(rule.Problem)
{
    public PacketRule Rule { get; } = rule;
}
