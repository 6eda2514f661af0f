using System.Net;

namespace SockSort.Edge.LiveView;

/// <summary>Every text that a failure of the live view may say.</summary>
internal static class LiveViewErrors
{
    public static LiveViewException PortOutOfRange(int port, string flag) =>
        new($"{flag} {port} is out of range: give a port from 1 to 65535, or 0 for a free one");

    public static LiveViewException PortTaken(int port, string flag, Exception cause) =>
        new($"port {port} of the live view is taken: choose another with {flag} (0 = a free one)", cause);

    public static LiveViewException CannotListen(IPAddress address, int port, Exception cause) =>
        new($"the live view cannot listen on {new IPEndPoint(address, port)}: {cause.Message}", cause);

    public static LiveViewException CertificateFolder(string folder, Exception cause) =>
        new($"the certificate of the live view cannot be kept in {folder}: {cause.Message}", cause);
}
