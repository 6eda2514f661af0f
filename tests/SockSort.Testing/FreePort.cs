using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SockSort.Testing;

/// <summary>Ports for servers that cannot choose one themselves.</summary>
public static class FreePort
{
    // Below those that the system gives to clients, so that a server that is stopped finds its port free when it starts again.
    private const int First = 10_000;
    private const int AfterLast = 32_768;

    private static readonly ConcurrentDictionary<int, bool> Given = [];

    /// <summary>A TCP port that nothing listens on at this moment, and that this process has not been given before.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, AfterLast);
            if (IsFree(port) && Given.TryAdd(port, true))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Any, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
