using System.Net;
using System.Net.Sockets;

namespace SockSort.Cli.Run;

/// <summary>Whether a port can be listened on now.</summary>
internal static class PortProbe
{
    /// <returns>Why not; null where it can.</returns>
    public static string? Problem(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return null;
        }
        catch (SocketException error)
        {
            var where = new IPEndPoint(address, port);
            return error.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"port {port} is taken by another program, choose another (0 = a free one)"
                : $"{where} cannot be listened on: {error.Message}";
        }
    }
}
