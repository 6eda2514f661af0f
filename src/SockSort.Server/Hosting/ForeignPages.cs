using Microsoft.AspNetCore.Http;

namespace SockSort.Server.Hosting;

/// <summary>A browser sends along which site's page asks; programs send nothing.</summary>
internal static class ForeignPages
{
    /// <returns>The other site whose page asks, without its reader knowing; null where none does.</returns>
    public static string? OriginOf(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var isOwn = Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == request.Host.Value;
        return origin.Length > 0 && !isOwn ? origin : null;
    }
}
