using System.Globalization;
using System.Net;

namespace SockSort.Host.Listening;

/// <summary>All texts of failures to listen and of refused requests.</summary>
internal static class ListeningErrors
{
    public const string NoPassword = "a password is needed: send it as HTTP Basic (with any user name) or as 'Authorization: Bearer'";

    public static ListeningException NoAddress(string text) =>
        new($"'{text}' is no address to listen on, expected one as http://127.0.0.1:8088 or https://0.0.0.0:8088");

    public static ListeningException NoAddressOfThisMachine(string host) =>
        new($"'{host}' is no address of this machine, expected one as 127.0.0.1 or 0.0.0.0");

    public static ListeningException PortOutOfRange(int port, ListeningWords words) =>
        new($"{words.Port} {port} is out of range: give a port from 1 to 65535, or 0 for a free one");

    public static ListeningException PortTaken(int port, ListeningWords words, Exception cause) =>
        new($"port {port} of {words.Surface} is taken: choose another with {words.Port} (0 = a free one)", cause);

    public static ListeningException CannotListen(WebAddress address, ListeningWords words, Exception cause) =>
        new($"{words.Surface} cannot listen on {new IPEndPoint(address.Address, address.Port)}: {cause.Message}", cause);

    public static ListeningException NeedsPassword(WebAddress address, ListeningWords words)
    {
        var password = words.Password.Length == 0 ? "set a password" : $"set a password {words.Password}";
        return new($"{words.Address(address)} can be reached from other machines: {password}, or {words.OpenAdvice}");
    }

    public static ListeningException UnusedPassword(ListeningWords words) => new(
        $"{words.Open} {words.OpenEffect}, and a password is set too ({words.PasswordSources}): leave out one of them");

    public static ListeningException CertificateFolder(string folder, Exception cause) =>
        new($"the program's own certificate cannot be kept in {folder}: {cause.Message}", cause);

    public static ListeningException CertificateFile(string prefix, string file, string problem, Exception? cause = null) =>
        new($"{prefix}certificate {file}: {problem}", cause);

    public static ListeningException CertificateKeyFile(string prefix, string file, string problem, Exception? cause = null) =>
        new($"{prefix}key {file}: {problem}", cause);

    public static string CertificateEnded(ListeningWords words, string file, DateTime ended) => string.Create(
        CultureInfo.InvariantCulture,
        $"{words.CertificatePrefix}certificate {file} has ended on {ended:yyyy-MM-dd HH:mm} UTC, and clients refuse it: renew it, or leave "
            + $"{words.CertificatePrefix}certificate out, so that one is made");

    public static string TooManyPasswords(TimeSpan wait) =>
        $"too many wrong passwords came from this address: try again in {Math.Ceiling(wait.TotalSeconds)} s";

    public static string ForeignHost(string host) => $"'{host}' is no name of this machine: use https://localhost\n";
}
