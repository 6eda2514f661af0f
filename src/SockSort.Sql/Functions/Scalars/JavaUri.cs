using System.Globalization;
using System.Text.RegularExpressions;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>
/// A URI in its parts, as Java's <c>java.net.URI</c> takes it apart (RFC 2396): stricter than .NET's, and relative ones count.
/// </summary>
/// <param name="Host">Null where the authority is no host name with an optional port.</param>
/// <param name="Path">Decoded, as are query and fragment; null for opaque URIs (<c>mailto:me@socks.example</c>).</param>
internal sealed partial record JavaUri(string? Scheme, string? Host, int? Port, string? Path, string? Query, string? Fragment)
{
    private const string Marks = "-_.!~*'(),;:$&+=@";

    /// <exception cref="FunctionException">The text is no URI.</exception>
    public static JavaUri Parse(string text)
    {
        var (scheme, rest) = SplitScheme(text);
        var fragment = SplitOff(ref rest, '#');
        if (scheme is not null && !rest.StartsWith('/'))
        {
            Check(text, rest, Marks + "/?[]");
            return rest.Length > 0
                ? new(scheme, null, null, null, null, Decoded(text, fragment, Marks + "/?[]"))
                : throw Wrong(text, "nothing follows the scheme");
        }
        var query = SplitOff(ref rest, '?');
        var (host, port) = rest.StartsWith("//", StringComparison.Ordinal)
            ? SplitAuthority(text, ref rest, isAlone: query is null && fragment is null)
            : (null, null);
        return new(
            scheme, host, port, Decoded(text, rest, Marks + "/"), Decoded(text, query, Marks + "/?[]"),
            Decoded(text, fragment, Marks + "/?[]"));
    }

    private static (string? Scheme, string Tail) SplitScheme(string text)
    {
        var end = text.AsSpan().IndexOfAny("/?#:");
        if (end < 0 || text[end] != ':')
            return (null, text);
        return SchemeForm().IsMatch(text.AsSpan(0, end)) ? (text[..end], text[(end + 1)..]) : throw Wrong(text, "it begins with no scheme");
    }

    private static string? SplitOff(ref string text, char mark)
    {
        var at = text.IndexOf(mark);
        if (at < 0)
            return null;
        var tail = text[(at + 1)..];
        text = text[..at];
        return tail;
    }

    private static (string? Host, int? Port) SplitAuthority(string text, ref string rest, bool isAlone)
    {
        var end = rest.IndexOf('/', 2);
        var authority = end < 0 ? rest[2..] : rest[2..end];
        rest = end < 0 ? "" : rest[end..];
        if (authority.Length == 0)
            return isAlone && rest.Length == 0 ? throw Wrong(text, "a host is missing after //") : (null, null);
        Check(text, authority, Marks + "[]");
        var match = ServerForm().Match(authority);
        if (!match.Success)
            return (null, null);
        var port = match.Groups["port"].Value;
        if (port.Length == 0)
            return (match.Groups["host"].Value, null);
        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (match.Groups["host"].Value, number)
            : throw Wrong(text, "its port is too large");
    }

    private static string? Decoded(string text, string? part, string allowed)
    {
        if (part is null)
            return null;
        Check(text, part, allowed);
        return PercentCode.Decode(part, plusIsBlank: false);
    }

    /// <summary>Letters, digits and the allowed marks; other letters than ASCII where they are no blanks or controls; codes.</summary>
    private static void Check(string text, string part, string allowed)
    {
        for (var at = 0; at < part.Length; at++)
        {
            var c = part[at];
            if (c == '%')
                _ = PercentCode.Byte(part, at);
            else if (c < 128 ? !char.IsAsciiLetterOrDigit(c) && !allowed.Contains(c) : char.IsControl(c) || char.IsWhiteSpace(c))
                throw Wrong(text, $"it has the character '{c}'");
        }
    }

    private static FunctionException Wrong(string text, string problem) => new($"'{text}' is no URL: {problem}");

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*$")]
    private static partial Regex SchemeForm();

    // RFC 2396 3.2.2: the last label of a host name begins with a letter; else it is an IPv4 or a bracketed IPv6 address.
    [GeneratedRegex(
        @"^(?:[^@\[\]]*@)?"
            + @"(?<host>(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?"
            + @"|[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
            + @"|\[[0-9A-Fa-f:.%]+\])"
            + "(?::(?<port>[0-9]*))?$")]
    private static partial Regex ServerForm();
}
