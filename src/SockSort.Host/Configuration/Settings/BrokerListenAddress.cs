using System.Globalization;
using System.Net;

namespace SockSort.Host.Configuration.Settings;

/// <summary>
/// An address that a broker listens on: <c>ADDRESS[:PORT]</c>, an IPv6 address with a port in brackets; for WebSockets with <c>ws://</c>
/// or <c>wss://</c> before it.
/// </summary>
/// <param name="Port">The port; null for the usual one: 1883, with TLS 8883, of WebSockets 9001.</param>
public sealed record BrokerListenAddress(IPAddress Address, int? Port)
{
    private const string PlainWeb = "ws://";
    private const string SecureWeb = "wss://";

    /// <summary>Whether it speaks WebSockets.</summary>
    public bool IsWeb { get; init; }

    /// <summary>Whether it is one of WebSockets with TLS.</summary>
    public bool IsSecureWeb { get; init; }

    public bool IsBeyondLoopback => !IPAddress.IsLoopback(Address);

    /// <summary>The address in the form of the settings, without a port that is not given.</summary>
    public override string ToString()
    {
        var scheme = IsWeb ? PlainWeb : "";
        if (IsSecureWeb)
            scheme = SecureWeb;
        return scheme + (Port is { } port ? $"{new IPEndPoint(Address, port)}" : $"{Address}");
    }

    /// <summary>Parses an address; null if the text is not one.</summary>
    public static BrokerListenAddress? TryParse(string text)
    {
        var isSecure = text.StartsWith(SecureWeb, StringComparison.OrdinalIgnoreCase);
        if (!isSecure && !text.StartsWith(PlainWeb, StringComparison.OrdinalIgnoreCase))
            return TryParsePlain(text);
        var after = text[(isSecure ? SecureWeb : PlainWeb).Length..];
        return TryParsePlain(after) is { } address ? address with { IsWeb = true, IsSecureWeb = isSecure } : null;
    }

    private static BrokerListenAddress? TryParsePlain(string text)
    {
        if (AddressOf(text) is { } whole)
            return new BrokerListenAddress(whole, null);
        var at = text.LastIndexOf(':');
        if (at < 0 || !ushort.TryParse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return null;
        var host = text[..at];
        var isBare = host.Contains(':') && !host.StartsWith('[');
        return !isBare && AddressOf(host) is { } address ? new BrokerListenAddress(address, port) : null;
    }

    private static IPAddress? AddressOf(string text)
    {
        if (text == "localhost")
            return IPAddress.Loopback;
        var bare = text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;
        // IPAddress.Parse would also accept a bare number, and ignore a port after brackets.
        var isWhole = !bare.Contains('[') && (bare.Contains(':') || bare.Count(letter => letter == '.') == 3);
        return isWhole && IPAddress.TryParse(bare, out var address) ? address : null;
    }
}
