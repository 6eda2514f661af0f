using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SockSort.Host.Listening.Access;

/// <summary>Requires the password, as HTTP Basic (with any user name) or as a Bearer token; if none is set, every request passes.</summary>
/// <param name="password">The password; null or empty for none.</param>
/// <param name="surface">Formats the answer to refused requests.</param>
/// <param name="time">Clock for wrong passwords.</param>
/// <param name="log">Logs wrong passwords.</param>
internal sealed class PasswordCheck(string? password, WebSurface surface, TimeProvider time, ListeningLog log)
{
    private readonly byte[]? _expected = string.IsNullOrEmpty(password) ? null : Hash(Encoding.UTF8.GetBytes(password));
    private readonly WrongPasswords _wrong = new(time);

    /// <summary>Middleware: only requests with the password reach what follows it.</summary>
    public Task RequireAsync(HttpContext context, RequestDelegate next)
    {
        if (_expected is null)
            return next(context);
        var from = context.Connection.RemoteIpAddress;
        if (PasswordIn(context.Request.Headers.Authorization.ToString()) is not { } given)
            return RequestPasswordAsync(context);
        if (_wrong.BlockedFor(from) is { } wait)
            return RefuseBlockedAsync(context, wait);
        var hash = Hash(given);
        // The hashes have equal lengths, so the time of the comparison reveals nothing about the password.
        if (CryptographicOperations.FixedTimeEquals(hash, _expected))
            return next(context);
        _wrong.Add(from, hash);
        log.PasswordRefused();
        if (_wrong.BlockedFor(from) is { } bar)
            log.PasswordsBlocked(from, bar);
        return RequestPasswordAsync(context);
    }

    private static byte[] Hash(byte[] text) => SHA256.HashData(text);

    private Task RequestPasswordAsync(HttpContext context) => surface.RefuseAsync(
        context, new Refusal(StatusCodes.Status401Unauthorized, ListeningErrors.NoPassword, $"SockSort {surface.Name}", Wait: null));

    private Task RefuseBlockedAsync(HttpContext context, TimeSpan wait)
    {
        var text = ListeningErrors.TooManyPasswords(wait);
        return surface.RefuseAsync(
            context, new Refusal(StatusCodes.Status429TooManyRequests, text, $"SockSort {surface.Name}", wait));
    }

    private static byte[]? PasswordIn(string header)
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
