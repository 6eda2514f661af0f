using System.Text.RegularExpressions;

namespace SockSort.Sql.Parsing;

/// <summary>Finds secrets among a connector's settings: what is shown goes without them.</summary>
public static partial class SecretText
{
    private static readonly string[] SecretNames = ["password", "secret", "token", "credential", "jaas"];

    /// <summary>Whether the value of a setting of that name is nobody's business.</summary>
    public static bool IsSecret(string setting) => SecretNames.Any(name => setting.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The text with asterisks for the values of such settings, lines and places as they are. Text that is no statement is searched too: a quote
    /// that is not closed, a name without quotes or a forgotten <c>=</c> gives nothing away.
    /// </summary>
    public static string Hide(string text) => Setting().Replace(text, setting =>
    {
        if (!IsSecret(setting.Groups["name"].Value))
            return setting.Value;
        var value = setting.Groups["value"];
        var before = value.Index - setting.Index;
        return string.Concat(setting.Value[..before], Asterisks(value.Value), setting.Value[(before + value.Length)..]);
    });

    private static string Asterisks(string secret) => string.Create(secret.Length, secret, (hidden, written) =>
    {
        for (var i = 0; i < hidden.Length; i++)
            hidden[i] = written[i] is '\r' or '\n' ? written[i] : '*';
    });

    // A name, in quotes or a word with dots; the value, in quotes or up to the next blank, comma or bracket. No name is that long: the search stays short.
    [GeneratedRegex("""(?:['"`](?<name>[^'"`\r\n]{1,200})['"`]|(?<![\w.\-])(?<name>[\w.\-]{1,200}))\s*(?:=+\s*(?:'(?<value>(?:[^']|'')*)(?:'|$)|(?<value>[^\s,;()'"`]+))|'(?<value>(?:[^']|'')*)(?:'|$))""", RegexOptions.CultureInvariant)]
    private static partial Regex Setting();
}
