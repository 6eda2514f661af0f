using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SockSort.Server.Hosting;

/// <summary>Listening so that this machine's own name reaches the server too, and no other name does.</summary>
internal static class Loopback
{
    /// <summary>Listens on an address; on 127.0.0.1 also on ::1, which 'localhost' means first for most programs.</summary>
    /// <param name="kestrel">Being configured.</param>
    /// <param name="address">Of this machine.</param>
    /// <param name="port">0 = a free one: then on the given address only, since the system chooses it for one.</param>
    /// <param name="configure">Of each address.</param>
    public static void ListenToo(this KestrelServerOptions kestrel, IPAddress address, int port, Action<ListenOptions>? configure = null)
    {
        configure ??= _ => { };
        kestrel.Listen(address, port, configure);
        if (address.Equals(IPAddress.Loopback) && port != 0 && HasIPv6())
            kestrel.Listen(IPAddress.IPv6Loopback, port, configure);
    }

    /// <summary>
    /// On loopback only this machine's own names are answered: a page elsewhere whose name was bent to 127.0.0.1 must not use the server.
    /// </summary>
    /// <param name="builder">Builds the application here.</param>
    /// <param name="address">Listened on.</param>
    public static WebApplication BuildFor(this WebApplicationBuilder builder, IPAddress address)
    {
        if (!IPAddress.IsLoopback(address))
            return builder.Build();
        builder.Services.AddHostFiltering(
            hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", Dns.GetHostName(), HostOf(address)]);
        var app = builder.Build();
        app.UseHostFiltering();
        return app;
    }

    private static string HostOf(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    private static bool HasIPv6()
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
}
