using System.Net;
using SockSort.Mqtt.Broker;

namespace SockSort.Cli.Brokers;

/// <summary>A broker that a user has asked for.</summary>
internal sealed record BrokerSetup
{
    public required IReadOnlyList<BrokerDoor> Doors { get; init; }

    /// <summary>Null = nobody but this process's own parts.</summary>
    public BrokerUsers? Users { get; init; }

    /// <summary>PEM file that clients have to trust, where the certificate is self-made.</summary>
    public string? TrustFile { get; init; }

    /// <summary>How clients reach it, a line a door.</summary>
    /// <param name="broker">Listens on the doors, as its last ones.</param>
    public IEnumerable<string> Lines(EmbeddedBroker broker)
    {
        foreach (var (door, address) in Doors.Zip(broker.Addresses.Skip(broker.Addresses.Count - Doors.Count)))
        {
            var isAll = door.Address.Equals(IPAddress.Any) || door.Address.Equals(IPAddress.IPv6Any);
            yield return $"MQTT on {address}{(isAll ? $", from other machines {address with { Host = Dns.GetHostName() }}" : "")}";
        }
        if (TrustFile is not null)
            yield return $"its certificate is self-made; clients trust it by {TrustFile}: mosquitto_pub --cafile, "
                + "SSL_CERT_FILE of socksort edge run";
    }
}
