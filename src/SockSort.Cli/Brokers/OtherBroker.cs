using SockSort.Mqtt;
using SockSort.Mqtt.Connections.Opening;

namespace SockSort.Cli.Brokers;

/// <summary>A broker elsewhere, in place of the process's own.</summary>
internal static class OtherBroker
{
    /// <exception cref="MqttException">It is no broker's address.</exception>
    public static MqttEndpoint Of(string address, string? user, string? password, MqttVersion? version)
    {
        var endpoint = MqttEndpoint.Parse(address, user, password) with { Version = version };
        // A script's connector has its own address of the broker, which says nothing of versions.
        PreferredVersion.Take(endpoint);
        return endpoint;
    }
}
