using Microsoft.AspNetCore.Http;
using SockSort.Server.Ksql.Requests;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>A browser sends along which site's page asks; programs send nothing.</summary>
internal static class ForeignPages
{
    /// <exception cref="RestException">403: a page of another site asks, without its reader knowing.</exception>
    public static void Refuse(HttpRequest request)
    {
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == request.Host.Value))
            throw RestErrors.ForeignPage(origin);
    }
}
