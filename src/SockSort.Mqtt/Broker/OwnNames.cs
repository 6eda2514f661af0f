using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SockSort.Mqtt.Broker;

/// <summary>Whether a host that somebody names is this machine, at an address on which it listens.</summary>
internal static class OwnNames
{
    /// <param name="listening">One address, or all of the machine's.</param>
    /// <param name="host">A name or an address; a name that is not known here is looked up.</param>
    public static bool Reach(IPAddress listening, string host) => AddressesOf(host).Exists(address => IsReached(listening, address));

    /// <summary>The host by which a client on this machine reaches what listens there.</summary>
    public static string HostFor(IPAddress listening)
    {
        if (listening.Equals(IPAddress.Any))
            return IPAddress.Loopback.ToString();
        return (listening.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listening).ToString();
    }

    private static bool IsReached(IPAddress listening, IPAddress address)
    {
        var isAll = listening.Equals(IPAddress.Any) || listening.Equals(IPAddress.IPv6Any);
        if (!isAll)
            return Plain(listening).Equals(Plain(address));
        // All of IPv6's takes IPv4 as well, not the other way round.
        var isOfItsKind = listening.Equals(IPAddress.IPv6Any) || Plain(address).AddressFamily == AddressFamily.InterNetwork;
        return isOfItsKind && IsOwn(Plain(address));
    }

    private static bool IsOwn(IPAddress address) =>
        IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
        || NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Any(own => own.Address.Equals(address));

    private static List<IPAddress> AddressesOf(string host)
    {
        if (IPAddress.TryParse(host, out var address))
            return [address];
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return [IPAddress.Loopback, IPAddress.IPv6Loopback];
        try
        {
            return [.. Dns.GetHostAddresses(host)];
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            return [];
        }
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
