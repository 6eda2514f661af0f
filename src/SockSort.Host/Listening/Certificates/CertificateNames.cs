using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography.X509Certificates;

namespace SockSort.Host.Listening.Certificates;

/// <summary>
/// The names and addresses that a viewer may type to reach this machine. They come from the machine itself; no name is looked up in DNS.
/// </summary>
/// <param name="Dns">Distinct names.</param>
/// <param name="Addresses">Distinct addresses without scopes.</param>
internal sealed record CertificateNames(IReadOnlyList<string> Dns, IReadOnlyList<IPAddress> Addresses)
{
    private const string HostsFile = "/etc/hosts";
    private const string AddressesFile = "/proc/net/if_inet6";
    private const int TemporaryFlag = 1; // linux/if_addr.h: IFA_F_TEMPORARY

    /// <param name="listen">The address listened on: for loopback, only names for this machine; otherwise also those for others.</param>
    public static CertificateNames For(IPAddress listen)
    {
        var host = System.Net.Dns.GetHostName();
        var isLocal = IPAddress.IsLoopback(listen);
        var names = isLocal ? ["localhost", host] : NamesOf(host);
        IPAddress[] addresses = [IPAddress.Loopback, IPAddress.IPv6Loopback, .. isLocal ? [listen] : InterfaceAddresses()];
        return new CertificateNames(
            [.. names.Where(name => Uri.CheckHostName(name) == UriHostNameType.Dns).Distinct(StringComparer.OrdinalIgnoreCase)],
            [.. addresses.Select(WithoutScope).Distinct()]);
    }

    /// <summary>Whether the certificate covers all of these names and addresses.</summary>
    public bool AreIn(X509Certificate2 certificate)
    {
        if (certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is not { } known)
            return false;
        var names = known.EnumerateDnsNames().ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Dns.All(names.Contains) && Addresses.All(known.EnumerateIPAddresses().ToHashSet().Contains);
    }

    public static IPAddress WithoutScope(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        return new IPAddress(address.GetAddressBytes());
    }

    /// <summary>The host name, the fully qualified one if this machine knows it, and the one of multicast DNS.</summary>
    private static IEnumerable<string> NamesOf(string host)
    {
        var name = host.Split('.')[0];
        var domain = IPGlobalProperties.GetIPGlobalProperties().DomainName;
        string[] whole = domain.Length > 0 ? [$"{name}.{domain}"] : [];
        return ["localhost", host, name, $"{name}.local", .. whole, .. NamesInHosts(name)];
    }

    private static IEnumerable<string> NamesInHosts(string name)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(HostsFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
        return lines.SelectMany(line => line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Skip(1))
            .Where(known => known.StartsWith($"{name}.", StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<IPAddress> InterfaceAddresses()
    {
        var temporary = TemporaryAddresses();
        return NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses, (_, entry) => WithoutScope(entry.Address))
            .Where(address => !temporary.Contains(address));
    }

    /// <summary>
    /// Temporary IPv6 addresses, which change each day (RFC 8981). They are left out: nobody connects to them, and each change would
    /// require a new certificate.
    /// </summary>
    private static HashSet<IPAddress> TemporaryAddresses()
    {
        HashSet<IPAddress> temporary = [];
        if (!File.Exists(AddressesFile))
            return temporary;
        // address, interface, prefix, scope, flags, name: all hexadecimal, without colons
        foreach (var fields in File.ReadLines(AddressesFile).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (fields.Length > 4 && (Convert.ToInt32(fields[4], 16) & TemporaryFlag) != 0)
                temporary.Add(new IPAddress(Convert.FromHexString(fields[0])));
        }
        return temporary;
    }
}
