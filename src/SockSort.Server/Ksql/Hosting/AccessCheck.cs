using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SockSort.Server.Ksql.Requests;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>Asks for the password, as HTTP Basic (with any user name) or as a Bearer token.</summary>
internal sealed class AccessCheck(string? password)
{
    private readonly byte[]? _expected = password is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(password));

    /// <exception cref="RestException">401: none or a wrong one was given.</exception>
    public void Require(HttpRequest request)
    {
        if (_expected is null)
            return;
        var given = Given(request.Headers.Authorization.ToString());
        // Hashes are of equal length, so that the time tells nothing of the password.
        if (given is null || !CryptographicOperations.FixedTimeEquals(SHA256.HashData(given), _expected))
            throw RestErrors.Unauthorized();
    }

    /// <summary>A browser sends along which site's page asks; programs send nothing.</summary>
    /// <exception cref="RestException">403: a page of another site asks, without its reader knowing.</exception>
    public static void RequireOwnPage(HttpRequest request)
    {
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == request.Host.Value))
            throw RestErrors.ForeignPage(origin);
    }

    private static byte[]? Given(string header)
    {
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return Encoding.UTF8.GetBytes(header["Bearer ".Length..].Trim());
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return null;
        var decoded = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), decoded, out var length))
            return null;
        var colon = decoded.AsSpan(0, length).IndexOf((byte)':');
        return colon < 0 ? null : decoded[(colon + 1)..length];
    }
}
