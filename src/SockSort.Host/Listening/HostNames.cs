using System.Net;
using System.Net.Sockets;
using SockSort.Host.Listening.Certificates;

namespace SockSort.Host.Listening;

/// <summary>The hosts under which a surface is found.</summary>
internal static class HostNames
{
    /// <summary>All that may stand in a request's <c>Host</c> where the surface is for this machine only.</summary>
    public static IReadOnlyList<string> LocalHosts(IPAddress listen) =>
        ["localhost", "127.0.0.1", "[::1]", Dns.GetHostName(), Text(listen)];

    /// <summary>For a browser on this machine.</summary>
    public static string HostHere(IPAddress listen) =>
        IsAny(listen) || listen.Equals(IPAddress.Loopback) || listen.Equals(IPAddress.IPv6Loopback) ? "localhost" : Text(listen);

    /// <summary>For browsers on others: this machine's name, and its addresses that can be reached through a network.</summary>
    public static IEnumerable<string> HostsElsewhere(IPAddress listen)
    {
        if (IPAddress.IsLoopback(listen))
            return [];
        if (!IsAny(listen))
            return [Text(listen)];
        return CertificateNames.For(listen).Addresses.Where(IsForOthers).Select(Text).Prepend(Dns.GetHostName());

        bool IsForOthers(IPAddress address)
        {
            var isListenedOn = address.AddressFamily == listen.AddressFamily || listen.Equals(IPAddress.IPv6Any);
            return isListenedOn && !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal;
        }
    }

    /// <summary>As it stands in an address: IPv6 in brackets.</summary>
    public static string Text(IPAddress address)
    {
        var text = CertificateNames.WithoutScope(address).ToString();
        return text.Contains(':', StringComparison.Ordinal) ? $"[{text}]" : text;
    }

    /// <summary>Whether this machine has <c>::1</c>.</summary>
    public static bool HasIPv6Loopback()
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsAny(IPAddress listen) => listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any);
}
