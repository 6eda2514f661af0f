using System.Diagnostics.CodeAnalysis;

namespace SockSort.Edge.LiveView;

/// <summary>
/// Where a web page is from, as browsers write it (RFC 6454, 6.2): <c>https://home.example:8123</c>; a scheme's own port is left out.
/// </summary>
public static class WebOrigin
{
    /// <param name="text">As a user writes it; capitals, a scheme's own port and one slash at the end do no harm.</param>
    /// <param name="origin">As a browser writes it.</param>
    /// <returns>Whether it is the origin of one site: no path, no user, no wildcard.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? origin)
    {
        origin = null;
        if (text.AsSpan().ContainsAny("*?#@\\;, '\"") || !Uri.TryCreate(text, UriKind.Absolute, out var address))
            return false;
        var isWeb = address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;
        if (!isWeb || address.AbsolutePath != "/" || address.Host.Length == 0)
            return false;
        origin = Of(address);
        return true;
    }

    /// <summary>Of an address; null where it has none.</summary>
    public static string? OfAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Host.Length > 0 ? Of(address) : null;

    private static string Of(Uri address)
    {
        var host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        return address.IsDefaultPort ? $"{address.Scheme}://{host}" : $"{address.Scheme}://{host}:{address.Port}";
    }
}
