using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography.X509Certificates;

namespace SockSort.Host.Listening.Certificates;

/// <summary>
/// What a viewer may type to reach this machine. No name is looked up: what is known here is known from the machine itself.
/// </summary>
/// <param name="Dns">Names, without doubles.</param>
/// <param name="Addresses">Without doubles and without scopes.</param>
internal sealed record CertificateNames(IReadOnlyList<string> Dns, IReadOnlyList<IPAddress> Addresses)
{
    private const string HostsFile = "/etc/hosts";
    private const string AddressesFile = "/proc/net/if_inet6";
    private const int TemporaryFlag = 1; // linux/if_addr.h: IFA_F_TEMPORARY

    /// <param name="listen">Loopback: for viewers on this machine; else for those on others too.</param>
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

    /// <summary>Whether the certificate is for all of them, and perhaps for more.</summary>
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

    /// <summary>The name, its whole one where this machine knows that, and the one by which multicast DNS finds it.</summary>
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
    /// IPv6 addresses for going out, which change each day (RFC 8981): nobody is told them, and each change would be another certificate.
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
