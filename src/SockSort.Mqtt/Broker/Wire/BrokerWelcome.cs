
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>What the broker tells a client of MQTT 5 in CONNACK. What is not said has the standard's default.</summary>
/// <param name="AssignedClientId">Null where the client has named itself.</param>
internal sealed record BrokerWelcome(int ReceiveMaximum, int MaxPacketBytes, int TopicAliasMaximum, string? AssignedClientId)
{
    public void WriteTo(PropertyWriter properties)
    {
        properties.TwoBytes(PropertyId.ReceiveMaximum, ReceiveMaximum);
        properties.FourBytes(PropertyId.MaximumPacketSize, (uint)MaxPacketBytes);
        properties.TwoBytes(PropertyId.TopicAliasMaximum, TopicAliasMaximum);
        if (AssignedClientId is not null)
            properties.Text(PropertyId.AssignedClientId, AssignedClientId);
    }
}
