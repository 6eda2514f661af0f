using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace SockSort.Edge.LiveView;

/// <summary>
/// Origin of a web page, as browsers write it (RFC 6454, 6.2): <c>https://home.example:8123</c>; a scheme's default port is left out.
/// </summary>
public static class WebOrigin
{
    /// <param name="text">Origin as a user writes it; capitals, the scheme's default port and one slash at the end are allowed.</param>
    /// <param name="origin">The origin as browsers write it; null if the text is none.</param>
    /// <returns>Whether the text is the origin of one site, without path, user and wildcard.</returns>
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

    /// <summary>The origin of an absolute address; null if the text is none or names no host.</summary>
    public static string? OfAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Host.Length > 0 ? Of(address) : null;

    /// <summary>
    /// Whether a request comes from a page of another site. Browsers name the page's origin with each request that can change something;
    /// one that names none is no page's.
    /// </summary>
    public static bool IsForeign(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return false;
        return !Uri.TryCreate(origin, UriKind.Absolute, out var page) || page.Authority != request.Host.Value;
    }

    private static string Of(Uri address)
    {
        var host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        return address.IsDefaultPort ? $"{address.Scheme}://{host}" : $"{address.Scheme}://{host}:{address.Port}";
    }
}
