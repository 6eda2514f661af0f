using SockSort.Mqtt;
using SockSort.Mqtt.Connections.Opening;

namespace SockSort.Cli.Brokers;

/// <summary>Reads the address of an external broker, which replaces the embedded one.</summary>
internal static class OtherBroker
{
    /// <exception cref="MqttException">The text is not a broker's address.</exception>
    public static MqttEndpoint Of(string address, string? user, string? password, MqttVersion? version)
    {
        var endpoint = MqttEndpoint.Parse(address, user, password) with { Version = version };
        // The connectors of a script have an address of their own, without a version, so it is preset for the whole process.
        PreferredVersion.Take(endpoint);
        return endpoint;
    }
}
