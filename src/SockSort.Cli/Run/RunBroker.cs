using System.Net;
using SockSort.Cli.Brokers;
using SockSort.Host.Configuration.Settings;
using SockSort.Mqtt;

namespace SockSort.Cli.Run;

/// <summary>The broker that a configuration asks for, here or elsewhere.</summary>
internal static class RunBroker
{
    /// <summary>Where the doors are to be.</summary>
    public static IEnumerable<(IPAddress Address, int Port)> Ports(BrokerConfiguration broker) =>
        broker.Listen.Select(address => (address.Address, BrokerSetup.PortOf(broker, address)));

    /// <summary>Another one, in place of the process's own.</summary>
    public static MqttEndpoint Other(MqttConfiguration mqtt)
    {
        _ = MqttVersions.TryParse(mqtt.Version ?? "auto", out var version);
        return OtherBroker.Of(mqtt.Address!, mqtt.User, mqtt.Password, version);
    }
}
