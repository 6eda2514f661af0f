using System.Net;
using System.Net.Sockets;
using SockSort.Host.Listening.Certificates;

namespace SockSort.Host.Listening;

/// <summary>Host names and addresses under which a surface can be reached.</summary>
internal static class HostNames
{
    /// <summary>The values of a request's <c>Host</c> header that are allowed if the surface is for this machine only.</summary>
    public static IReadOnlyList<string> LocalHosts(IPAddress listen) =>
        ["localhost", "127.0.0.1", "[::1]", Dns.GetHostName(), Text(listen)];

    /// <summary>The host to use in a browser on this machine.</summary>
    public static string LocalHost(IPAddress listen) =>
        IsAny(listen) || listen.Equals(IPAddress.Loopback) || listen.Equals(IPAddress.IPv6Loopback) ? "localhost" : Text(listen);

    /// <summary>The hosts to use in browsers on other machines: this machine's name, and its addresses in a network.</summary>
    public static IEnumerable<string> RemoteHosts(IPAddress listen)
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

    /// <summary>Formats an address for a URL: IPv6 in brackets.</summary>
    public static string Text(IPAddress address)
    {
        var text = CertificateNames.WithoutScope(address).ToString();
        return text.Contains(':', StringComparison.Ordinal) ? $"[{text}]" : text;
    }

    /// <summary>Whether this machine has the address <c>::1</c>.</summary>
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
