using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SockSort.Host.Listening.Access;

/// <summary>Asks for the password, as HTTP Basic (with any user name) or as a Bearer token; without one it lets everybody pass.</summary>
/// <param name="password">Null or empty: none is asked for.</param>
/// <param name="surface">Says how who does not know it is answered.</param>
/// <param name="time">Clock of wrong passwords.</param>
/// <param name="log">Told of wrong ones.</param>
internal sealed class PasswordCheck(string? password, WebSurface surface, TimeProvider time, ListeningLog log)
{
    private readonly byte[]? _expected = string.IsNullOrEmpty(password) ? null : Hash(Encoding.UTF8.GetBytes(password));
    private readonly WrongPasswords _wrong = new(time);

    /// <summary>A middleware: what comes after it is only for those who know the password.</summary>
    public Task RequireAsync(HttpContext context, RequestDelegate next)
    {
        if (_expected is null)
            return next(context);
        var from = context.Connection.RemoteIpAddress;
        if (Given(context.Request.Headers.Authorization.ToString()) is not { } given)
            return AskAsync(context);
        if (_wrong.BarredFor(from) is { } wait)
            return BarAsync(context, wait);
        var hash = Hash(given);
        // Hashes are of equal length, so that the time tells nothing of the password.
        if (CryptographicOperations.FixedTimeEquals(hash, _expected))
            return next(context);
        _wrong.Add(from, hash);
        log.PasswordRefused();
        if (_wrong.BarredFor(from) is { } bar)
            log.Barred(from, bar);
        return AskAsync(context);
    }

    private static byte[] Hash(byte[] text) => SHA256.HashData(text);

    private Task AskAsync(HttpContext context) => surface.RefuseAsync(
        context, new Refusal(StatusCodes.Status401Unauthorized, ListeningErrors.NoPassword, $"SockSort {surface.Name}", Wait: null));

    private Task BarAsync(HttpContext context, TimeSpan wait)
    {
        var text = ListeningErrors.TooManyPasswords(wait);
        return surface.RefuseAsync(
            context, new Refusal(StatusCodes.Status429TooManyRequests, text, $"SockSort {surface.Name}", wait));
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
