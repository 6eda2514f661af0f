using Microsoft.AspNetCore.Http;

namespace SockSort.Server.Hosting;

/// <summary>Recognises cross-site requests of browsers, which send the page's origin; other programs send none.</summary>
internal static class ForeignPages
{
    /// <returns>The origin of a page of another site that sends the request; null if none does.</returns>
    public static string? OriginOf(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var isOwn = Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == request.Host.Value;
        return origin.Length > 0 && !isOwn ? origin : null;
    }
}
