using System.Net;
using System.Net.Security;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Listening;
using SockSort.Host.Listening.Certificates;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;

namespace SockSort.Cli.Brokers;

/// <summary>A broker that a user has asked for.</summary>
internal sealed record BrokerSetup
{
    /// <summary>Where brokers listen without TLS, and with it.</summary>
    public const int PlainPort = 1883;

    private const int TlsPort = 8883;

    public required IReadOnlyList<BrokerDoor> Doors { get; init; }

    /// <summary>Null = nobody but this process's own parts.</summary>
    public BrokerUsers? Users { get; init; }

    /// <summary>PEM file that clients have to trust, where the certificate is self-made.</summary>
    public string? TrustFile { get; init; }

    /// <summary>Reads users and certificate, and makes the program's own where TLS is spoken without one.</summary>
    /// <param name="broker">Where it is to listen, and how.</param>
    /// <param name="data">Folder that keeps the certificate that is made.</param>
    /// <param name="prefix">What the names of certificate and key begin with, for errors: <c>--mqtt-</c>.</param>
    /// <exception cref="MqttException">The password file cannot be used.</exception>
    /// <exception cref="ListeningException">The certificate cannot be used or made.</exception>
    public static BrokerSetup Of(BrokerConfiguration broker, string data, string prefix)
    {
        var secure = broker.Listen.Where(address => IsSecure(broker, address)).ToList();
        var (shown, trustFile) = secure.Count > 0 ? CertificateOf(broker, data, prefix, secure) : default;
        return new BrokerSetup
        {
            Doors =
            [
                .. broker.Listen.Select(address =>
                    new BrokerDoor(address.Address, PortOf(broker, address), IsSecure(broker, address) ? shown : null)),
            ],
            Users = broker.Users is { } users ? BrokerUsers.Load(users) : null,
            TrustFile = trustFile,
        };
    }

    /// <summary>Whether an address speaks TLS.</summary>
    public static bool IsSecure(BrokerConfiguration broker, BrokerListenAddress address) =>
        broker.Certificate is not null || (broker.Tls && address.IsBeyondLoopback);

    /// <summary>The port that is asked for, or the usual one.</summary>
    public static int PortOf(BrokerConfiguration broker, BrokerListenAddress address) =>
        address.Port ?? (IsSecure(broker, address) ? TlsPort : PlainPort);

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

    private static (SslStreamCertificateContext Shown, string? TrustFile) CertificateOf(
        BrokerConfiguration broker, string data, string prefix, IEnumerable<BrokerListenAddress> secure)
    {
        if (broker.Certificate is { } file)
        {
            var (own, chain) = CertificateFiles.Read(file, broker.Key, prefix);
            return (SslStreamCertificateContext.Create(own, chain, offline: true), null);
        }
        var widest = secure.FirstOrDefault(address => address.IsBeyondLoopback)?.Address ?? IPAddress.Loopback;
        var (made, trustFile) = MachineCertificate.LoadOrMake(Path.Combine(data, "certificate"), widest);
        return (SslStreamCertificateContext.Create(made, null, offline: true), trustFile);
    }
}
