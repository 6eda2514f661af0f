using System.Net;
using System.Net.Sockets;

namespace SockSort.Testing;

/// <summary>Ports for servers that cannot choose one themselves.</summary>
public static class FreePort
{
    /// <summary>A TCP port of the loopback address that nothing listens on at this moment.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
