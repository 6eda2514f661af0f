using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SockSort.Edge.LiveView;

/// <summary>Asks for the password, as HTTP Basic (with any user name) or as a Bearer token; without one it lets everybody pass.</summary>
/// <param name="barred">Told of an address from which no password is looked at any more, and for how long.</param>
internal sealed class LiveViewAccess(string? password, TimeProvider time, Action<IPAddress?, TimeSpan> barred)
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
        if (_wrong.BarredFor(from) is { } bar)
            barred(from, bar);
        return AskAsync(context);
    }

    private static byte[] Hash(byte[] text) => SHA256.HashData(text);

    private static Task AskAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"SockSort live view\", charset=\"UTF-8\"";
        return Answers.TextAsync(context, StatusCodes.Status401Unauthorized, LiveViewErrors.NoPassword);
    }

    private static Task BarAsync(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Answers.TextAsync(context, StatusCodes.Status429TooManyRequests, LiveViewErrors.TooManyPasswords(wait));
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
