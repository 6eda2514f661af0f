using System.Net;
using System.Net.Security;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Listening;
using SockSort.Host.Listening.Certificates;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;

namespace SockSort.Cli.Brokers;

/// <summary>The settings of a requested broker.</summary>
internal sealed record BrokerSetup
{
    /// <summary>The default port without TLS.</summary>
    public const int PlainPort = 1883;

    private const int TlsPort = 8883;

    // As Mosquitto's documentation has it.
    private const int WebPort = 9001;

    public required IReadOnlyList<BrokerDoor> Doors { get; init; }

    /// <summary>The users; null allows only this process's own clients.</summary>
    public BrokerUsers? Users { get; init; }

    /// <summary>The users' rights to topics; null = every user may all.</summary>
    public BrokerRights? Rights { get; init; }

    /// <summary>Messages a second of one client; 0 = as many as come.</summary>
    public int ClientRate { get; init; }

    /// <summary>New connections a second of one address; 0 = as many as come.</summary>
    public int ConnectionRate { get; init; }

    /// <summary>Where it speaks WebSockets; null = nowhere.</summary>
    public WebListening? Web { get; init; }

    /// <summary>PEM file that clients have to trust if the certificate is self-signed.</summary>
    public string? TrustFile { get; init; }

    /// <summary>Reads users and certificate, and generates a certificate if TLS is used without one.</summary>
    /// <param name="broker">The addresses and files.</param>
    /// <param name="data">The folder that stores the generated certificate.</param>
    /// <param name="prefix">The prefix of the settings for certificate and key, for errors: <c>--mqtt-</c>.</param>
    /// <exception cref="MqttException">The password file or the file of rights cannot be used.</exception>
    /// <exception cref="ListeningException">The certificate cannot be used or created.</exception>
    public static BrokerSetup Of(BrokerConfiguration broker, string data, string prefix)
    {
        var plain = broker.Listen.Where(address => !address.IsWeb).ToList();
        var secure = plain.Where(address => IsSecure(broker, address)).ToList();
        var (shown, trustFile) = secure.Count > 0 ? CertificateOf(broker, data, prefix, secure) : default;
        return new BrokerSetup
        {
            Doors =
            [
                .. plain.Select(address =>
                    new BrokerDoor(address.Address, PortOf(broker, address), IsSecure(broker, address) ? shown : null)),
            ],
            Users = broker.Users is { } users ? BrokerUsers.Load(users) : null,
            Rights = broker.Rights is { } rights ? BrokerRights.Load(rights) : null,
            ClientRate = broker.ClientRate,
            ConnectionRate = broker.ConnectionRate,
            Web = WebOf(broker, data, prefix),
            TrustFile = trustFile,
        };
    }

    /// <summary>Whether an address uses TLS.</summary>
    public static bool IsSecure(BrokerConfiguration broker, BrokerListenAddress address) =>
        address.IsWeb ? address.IsSecureWeb : broker.Certificate is not null || (broker.Tls && address.IsBeyondLoopback);

    /// <summary>The requested port, or the default one.</summary>
    public static int PortOf(BrokerConfiguration broker, BrokerListenAddress address) =>
        address.Port ?? UsualPortOf(broker, address);

    /// <summary>Describes how clients connect, one line for each listener.</summary>
    /// <param name="broker">The started broker, whose last listeners are these.</param>
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

    private static int UsualPortOf(BrokerConfiguration broker, BrokerListenAddress address)
    {
        if (address.IsWeb)
            return WebPort;
        return IsSecure(broker, address) ? TlsPort : PlainPort;
    }

    private static WebListening? WebOf(BrokerConfiguration broker, string data, string prefix)
    {
        var addresses = broker.Listen.Where(address => address.IsWeb)
            .Select(address => new WebAddress(address.Address, PortOf(broker, address), address.IsSecureWeb)).ToList();
        if (addresses.Count == 0)
            return null;
        return new WebListening
        {
            Addresses = addresses,
            // Who may come in is asked by MQTT's own login.
            IsOpenToAll = true,
            CertificateFolder = Path.Combine(data, "certificate"),
            CertificateFile = broker.Certificate,
            CertificateKeyFile = broker.Key,
            Words = new ListeningWords { Surface = "MQTT over WebSockets", Port = $"{prefix}listen", CertificatePrefix = prefix },
        };
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
