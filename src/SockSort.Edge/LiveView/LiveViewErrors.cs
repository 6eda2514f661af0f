using System.Net;

namespace SockSort.Edge.LiveView;

/// <summary>Every text that a failure of the live view may say.</summary>
internal static class LiveViewErrors
{
    public const string NoPassword = "a password is needed: send it as HTTP Basic (with any user name) or as 'Authorization: Bearer'\n";

    public const string NoFrame = "no frame yet\n";

    public static LiveViewException PortOutOfRange(int port, string flag) =>
        new($"{flag} {port} is out of range: give a port from 1 to 65535, or 0 for a free one");

    public static LiveViewException PortTaken(int port, string flag, Exception cause) =>
        new($"port {port} of the live view is taken: choose another with {flag} (0 = a free one)", cause);

    public static LiveViewException CannotListen(IPAddress address, int port, Exception cause) =>
        new($"the live view cannot listen on {new IPEndPoint(address, port)}: {cause.Message}", cause);

    public static LiveViewException NeedsPassword(IPAddress listen) => new(
        $"--live-view-listen {listen} can be reached from other machines: set a password by --live-view-password-file FILE or the " +
        "environment variable SOCKSORT_LIVE_VIEW_PASSWORD, or let everybody watch by --no-password");

    public static LiveViewException PasswordForNobody() => new(
        "--no-password lets everybody watch, and a password is set too (--live-view-password-file or SOCKSORT_LIVE_VIEW_PASSWORD): " +
        "leave out one of them");

    public static LiveViewException CertificateFolder(string folder, Exception cause) =>
        new($"the certificate of the live view cannot be kept in {folder}: {cause.Message}", cause);

    public static LiveViewException CertificateFile(string options, string file, string problem, Exception? cause = null) =>
        new($"{options}certificate {file}: {problem}", cause);

    public static LiveViewException CertificateKeyFile(string options, string file, string problem, Exception? cause = null) =>
        new($"{options}key {file}: {problem}", cause);

    public static string Full(int places) =>
        $"all {places} places are taken: close another window of the live view, or try again in half a minute\n";

    public static string UnknownParts(string given) =>
        $"parts={given} is unknown: parts=length tells each picture's Content-Length, " +
        "parts=browser shows each picture at once in a browser\n";

    public static string TooManyPasswords(TimeSpan wait) =>
        $"too many wrong passwords came from this address: try again in {Math.Ceiling(wait.TotalSeconds)} s\n";

    public static string ForeignHost(string host) => $"'{host}' is no name of this machine: use https://localhost\n";
}
