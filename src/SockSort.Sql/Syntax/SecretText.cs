using System.Text.RegularExpressions;

namespace SockSort.Sql.Syntax;

/// <summary>
/// Finds secrets among a connector's settings, and passwords in the addresses that they hold: what is shown goes without them.
/// </summary>
public static partial class SecretText
{
    private static readonly string[] SecretNames = ["password", "secret", "token", "credential", "jaas"];

    /// <summary>Whether the value of a setting of that name is secret.</summary>
    public static bool IsSecret(string setting) => SecretNames.Any(name => setting.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The value of a setting as it may be shown.</summary>
    public static string Shown(string setting, string value) => IsSecret(setting) ? "********" : HidePasswords(value);

    /// <summary>
    /// The text with asterisks for the values of such settings, lines and places as they are. Text that is no statement is searched too: a
    /// quote that is not closed, a name without quotes or a forgotten <c>=</c> gives nothing away.
    /// </summary>
    public static string Hide(string text) =>
        HidePasswords(
            Setting()
                .Replace(
                    text, setting => IsSecret(setting.Groups["name"].Value) ? Hidden(setting, setting.Groups["value"]) : setting.Value));

    /// <summary>
    /// <c>tcp://ann:secret@host</c> becomes <c>tcp://ann:******@host</c>; the password may hold any signs but a line end.
    /// </summary>
    private static string HidePasswords(string text) => Password().Replace(text, address => Hidden(address, address.Groups["value"]));

    private static string Hidden(Match match, Group value)
    {
        var before = value.Index - match.Index;
        return string.Concat(match.Value[..before], Asterisks(value.Value), match.Value[(before + value.Length)..]);
    }

    private static string Asterisks(string secret) => string.Create(secret.Length, secret, (hidden, written) =>
    {
        for (var i = 0; i < hidden.Length; i++)
            hidden[i] = written[i] is '\r' or '\n' ? written[i] : '*';
    });

    // A name, in quotes or a word with dots; the value, in quotes or up to the next blank, comma or bracket. No name is that long: the
    // search stays short.
    [GeneratedRegex(
        """(?:['"`](?<name>[^'"`\r\n]{1,200})['"`]|(?<![\w.\-])(?<name>[\w.\-]{1,200}))\s*"""
            + """(?:=+\s*(?:'(?<value>(?:[^']|'')*)(?:'|$)|(?<value>[^\s,;()'"`]+))"""
            + "|'(?<value>(?:[^']|'')*)(?:'|$))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Setting();

    // Up to the last '@' of the value: of a list of addresses all but the last one's host. No password is that long: the search stays
    // short.
    [GeneratedRegex(
        """[A-Za-z][A-Za-z0-9+.\-]{0,20}://[^:@'"\s]{0,200}:(?<value>(?:[^'\r\n]|''){1,300})@""", RegexOptions.CultureInvariant)]
    private static partial Regex Password();
}
