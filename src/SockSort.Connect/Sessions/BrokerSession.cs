using SockSort.Mqtt;

namespace SockSort.Connect;

/// <summary>What a broker keeps for a connector while it is away, by its name there.</summary>
/// <param name="Endpoint">The broker, with the user and password that the session is reached with.</param>
/// <param name="ClientId">The session's name.</param>
internal sealed record BrokerSession(MqttEndpoint Endpoint, string ClientId)
{
    /// <summary>Whether both are one and the same at one broker, whoever asks for it.</summary>
    public bool IsSame(BrokerSession other) => ClientId == other.ClientId && Broker == other.Broker;

    /// <summary>The broker's address, without user and password.</summary>
    public string Broker => Endpoint.ToString();

    // The password must not come into a text by way of a record's own.
    public override string ToString() => $"{ClientId} at {Broker}";
}
