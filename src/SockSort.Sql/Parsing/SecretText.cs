using System.Text.RegularExpressions;

namespace SockSort.Sql.Parsing;

/// <summary>Finds secrets among a connector's settings: what is shown, stored in answers or printed goes without them.</summary>
public static partial class SecretText
{
    private const string Names = "password|secret|token|credential|jaas";

    /// <summary>Whether the value of a setting of that name is nobody's business.</summary>
    public static bool IsSecret(string setting) => SecretName().IsMatch(setting);

    /// <summary>The text with asterisks for the values of such settings: as long as before, so that places stay as they are; statements that do not read included.</summary>
    public static string Hide(string text) => SecretSetting().Replace(text, setting =>
    {
        var value = setting.Groups["value"];
        return $"{setting.Value[..(value.Index - setting.Index)]}{new string('*', value.Length)}'";
    });

    [GeneratedRegex(Names, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex($"['\"`][^'\"`]*(?:{Names})[^'\"`]*['\"`]\\s*=\\s*'(?<value>(?:[^']|'')*)'", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretSetting();
}
