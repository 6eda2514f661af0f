using System.Globalization;
using System.Net;

namespace SockSort.Host.Configuration.Settings;

/// <summary>An address that a broker listens on: <c>ADDRESS[:PORT]</c>, an IPv6 address with a port in brackets.</summary>
/// <param name="Port">The port; null for the usual one: 1883, with TLS 8883.</param>
public sealed record BrokerListenAddress(IPAddress Address, int? Port)
{
    public bool IsBeyondLoopback => !IPAddress.IsLoopback(Address);

    /// <summary>Parses an address; null if the text is not one.</summary>
    public static BrokerListenAddress? TryParse(string text)
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
