using Microsoft.AspNetCore.Http;
using SockSort.Server.Ksql.Requests;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>Rejects cross-site requests of browsers, which send the page's origin; other programs send none.</summary>
internal static class ForeignPages
{
    /// <exception cref="RestException">403: a page of another site sends the request without its user's knowledge.</exception>
    public static void Refuse(HttpRequest request)
    {
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == request.Host.Value))
            throw RestErrors.ForeignPage(origin);
    }
}
