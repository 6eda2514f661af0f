using System.Text.RegularExpressions;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Regular expressions.</summary>
internal sealed class RegexFunctions : IFunctionFamily
{
    // A pattern that tries too many ways must not stop the engine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly ParsedOnce<Regex> Patterns = new(
        pattern => new Regex(JavaRegex.ToDotNet(pattern), RegexOptions.CultureInvariant, Patience));

    public string Title => "Regular expressions";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction(
            "REGEXP_EXTRACT",
            "the first part of a text that a pattern matches, or that its group of that number does; NULL without a match or group")
            .Example("REGEXP_EXTRACT('s.*k', 'left sock')", "sock")
            .Example("REGEXP_EXTRACT('(.*) (.*)', 'left sock', 2)", "sock")
            .Example("REGEXP_EXTRACT('x', 'sock')", "null")
            .On((string pattern, string text) => Extract(pattern, text, 0))
            .On((string pattern, string text, int group) => Extract(pattern, text, group)),
        new ScalarFunction(
            "REGEXP_EXTRACT_ALL",
            "all parts of a text that a pattern matches, or that its group of that number does; NULL without such a group")
            .Example("REGEXP_EXTRACT_ALL('.ock', 'sock, rock')", "[sock, rock]")
            .Example("REGEXP_EXTRACT_ALL('(.)ock', 'sock, rock', 1)", "[s, r]")
            .On("pattern STRING, text STRING", "ARRAY<STRING>", (string pattern, string text) => ExtractAll(pattern, text, 0))
            .On(
                "pattern STRING, text STRING, group INTEGER", "ARRAY<STRING>",
                (string pattern, string text, int group) => ExtractAll(pattern, text, group)),
        new ScalarFunction("REGEXP_REPLACE", "the text with every match of a pattern replaced; $1 stands for the first group")
            .Example("REGEXP_REPLACE('left sock', '[aeiou]', '*')", "l*ft s*ck")
            .Example("REGEXP_REPLACE('left sock', '(\\w+) (\\w+)', '$2 $1')", "sock left")
            .On((string text, string pattern, string replacement) =>
                Patterns.Of(pattern).Replace(text, JavaRegex.Replacement(replacement, Patterns.Of(pattern)))),
        new ScalarFunction(
            "REGEXP_SPLIT_TO_ARRAY",
            "the parts between the matches of a pattern, empty ones too; a pattern that matches nothing at all splits every character off")
            .Example("REGEXP_SPLIT_TO_ARRAY('a1b22c', '[0-9]+')", "[a, b, c]").Example("REGEXP_SPLIT_TO_ARRAY('abc', '')", "[a, b, c]")
            .On("text STRING, pattern STRING", "ARRAY<STRING>", (string text, string pattern) => Split(text, Patterns.Of(pattern))),
    ];

    private static string? Extract(string pattern, string text, int group)
    {
        var regex = Patterns.Of(pattern);
        if (!HasGroup(regex, group) || regex.Match(text) is not { Success: true } match)
            return null;
        return match.Groups[group] is { Success: true } part ? part.Value : null;
    }

    private static SqlArray? ExtractAll(string pattern, string text, int group)
    {
        var regex = Patterns.Of(pattern);
        if (!HasGroup(regex, group))
            return null;
        return new([.. regex.Matches(text).Select(match => match.Groups[group] is { Success: true } part ? part.Value : null)]);
    }

    private static bool HasGroup(Regex regex, int group) => group >= 0
        ? group < regex.GetGroupNumbers().Length
        : throw new FunctionException($"there is no group {group}");

    private static SqlArray Split(string text, Regex regex)
    {
        var splitsAnywhere = regex.IsMatch("");
        var parts = new List<string>();
        var start = 0;
        foreach (Match match in regex.Matches(text))
        {
            // Java: an empty match at the very start makes no empty first part.
            if (splitsAnywhere && match is { Index: 0, Length: 0 })
                continue;
            parts.Add(text[start..match.Index]);
            start = match.Index + match.Length;
        }
        parts.Add(text[start..]);
        if (splitsAnywhere)
            RemoveEmptyTail(parts);
        return new([.. parts]);
    }

    private static void RemoveEmptyTail(List<string> parts)
    {
        while (parts.Count > 1 && parts[^1].Length == 0)
            parts.RemoveAt(parts.Count - 1);
    }
}
