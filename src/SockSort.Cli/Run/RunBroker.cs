using System.Net;
using System.Net.Security;
using SockSort.Cli.Brokers;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Listening.Certificates;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Connections.Opening;

namespace SockSort.Cli.Run;

/// <summary>The broker that a configuration asks for, here or elsewhere.</summary>
internal static class RunBroker
{
    /// <exception cref="Exception">The password file or the certificate cannot be used.</exception>
    public static BrokerSetup SetupOf(RunConfiguration configuration, BrokerConfiguration broker)
    {
        var secure = broker.Listen.Where(address => IsSecure(broker, address)).ToHashSet();
        var (shown, trustFile) = secure.Count > 0 ? CertificateOf(configuration, broker, secure) : default;
        return new BrokerSetup
        {
            Doors = [.. broker.Listen.Select(address => DoorOf(address, secure.Contains(address) ? shown : null))],
            Users = broker.Users is { } users ? BrokerUsers.Load(users) : null,
            TrustFile = trustFile,
        };
    }

    /// <summary>Where the doors are to be.</summary>
    public static IEnumerable<(IPAddress Address, int Port)> Ports(BrokerConfiguration broker) =>
        from address in broker.Listen
        let usual = IsSecure(broker, address) ? BrokerArguments.TlsPort : BrokerArguments.PlainPort
        select (address.Address, address.Port ?? usual);

    /// <summary>Another one, in place of the process's own.</summary>
    public static MqttEndpoint Other(MqttConfiguration mqtt)
    {
        _ = MqttVersions.TryParse(mqtt.Version ?? "auto", out var version);
        var endpoint = MqttEndpoint.Parse(mqtt.Address!, mqtt.User, mqtt.Password) with { Version = version };
        // A script's connector has its own address of the broker, which says nothing of versions.
        PreferredVersion.Take(endpoint);
        return endpoint;
    }

    private static bool IsSecure(BrokerConfiguration broker, BrokerListenAddress address) =>
        broker.Certificate is not null || (broker.Tls && address.IsBeyondLoopback);

    private static BrokerDoor DoorOf(BrokerListenAddress address, SslStreamCertificateContext? tls) =>
        new(address.Address, address.Port ?? (tls is null ? BrokerArguments.PlainPort : BrokerArguments.TlsPort), tls);

    private static (SslStreamCertificateContext Shown, string? TrustFile) CertificateOf(
        RunConfiguration configuration, BrokerConfiguration broker, IEnumerable<BrokerListenAddress> addresses)
    {
        if (broker.Certificate is { } file)
        {
            var (own, chain) = CertificateFiles.Read(file, broker.Key, "broker.");
            return (SslStreamCertificateContext.Create(own, chain, offline: true), null);
        }
        var widest = addresses.FirstOrDefault(address => address.IsBeyondLoopback)?.Address ?? IPAddress.Loopback;
        var (made, trustFile) = MachineCertificate.LoadOrMake(Path.Combine(configuration.Data, "certificate"), widest);
        return (SslStreamCertificateContext.Create(made, null, offline: true), trustFile);
    }
}
