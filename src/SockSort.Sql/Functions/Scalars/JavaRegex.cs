using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>What Java's regular expressions write in another way than .NET's.</summary>
internal static class JavaRegex
{
    /// <summary>
    /// Classes mean ASCII, as Java's do by default; <c>\h</c>, <c>\R</c> and <c>\p{Alpha}</c> are spelt out; possessive quantifiers become
    /// greedy.
    /// </summary>
    public static string ToDotNet(string pattern)
    {
        var result = new StringBuilder(pattern.Length);
        var inClass = 0;
        var isQuantified = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var c = pattern[at];
            if (c == '\\' && at + 1 < pattern.Length)
            {
                _ = result.Append(Escape(pattern, ref at, inClass > 0));
                isQuantified = false;
                continue;
            }
            if (c == '[')
                inClass++;
            else if (c == ']' && inClass > 0)
                inClass--;
            // a++ is possessive: as a+, but that it never gives back.
            if (c == '+' && isQuantified)
                continue;
            isQuantified = inClass == 0 && c is '*' or '+' or '?' or '}';
            _ = result.Append(c);
        }
        return result.ToString();
    }

    /// <summary>A replacement with <c>$1</c>, <c>${name}</c> and <c>\$</c> in .NET's form.</summary>
    /// <exception cref="FunctionException">A <c>$</c> without a group that exists.</exception>
    public static string Replacement(string text, Regex regex)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                _ = result.Append(text[++at] == '$' ? "$$" : text[at].ToString());
            else if (text[at] == '$')
                _ = result.Append(CultureInfo.InvariantCulture, $"${{{Group(text, ref at, regex)}}}");
            else
                _ = result.Append(text[at]);
        }
        return result.ToString();
    }

    private static string Escape(string pattern, ref int at, bool inClass)
    {
        var letter = pattern[++at];
        return letter switch
        {
            'd' => inClass ? "0-9" : "[0-9]",
            'w' => inClass ? "a-zA-Z0-9_" : "[a-zA-Z0-9_]",
            's' => inClass ? @" \t\n\v\f\r" : @"[ \t\n\v\f\r]",
            'D' when !inClass => "[^0-9]",
            'W' when !inClass => "[^a-zA-Z0-9_]",
            'S' when !inClass => @"[^ \t\n\v\f\r]",
            'h' => inClass ? @" \t\u00a0" : @"[ \t\u00a0]",
            'R' when !inClass => @"(?:\r\n|[\n\v\f\r\u0085\u2028\u2029])",
            'Q' => Quoted(pattern, ref at),
            'p' when at + 1 < pattern.Length && pattern[at + 1] == '{' => Property(pattern, ref at, inClass),
            _ => $@"\{letter}",
        };
    }

    private static string Quoted(string pattern, ref int at)
    {
        var end = pattern.IndexOf(@"\E", at, StringComparison.Ordinal);
        var text = pattern[(at + 1)..(end < 0 ? pattern.Length : end)];
        at = end < 0 ? pattern.Length : end + 1;
        return Regex.Escape(text);
    }

    private static string Property(string pattern, ref int at, bool inClass)
    {
        var end = pattern.IndexOf('}', at);
        var name = end < 0 ? "" : pattern[(at + 2)..end];
        var set = name switch
        {
            "Alpha" => "a-zA-Z",
            "Digit" => "0-9",
            "Alnum" => "a-zA-Z0-9",
            "Upper" => "A-Z",
            "Lower" => "a-z",
            "Punct" => @"!-/:-@\[-`{-~",
            "Space" => @" \t\n\v\f\r",
            "XDigit" => "0-9a-fA-F",
            "ASCII" => @"\x00-\x7F",
            _ => null,
        };
        if (set is null)
            return @"\p";
        at = end;
        return inClass ? set : $"[{set}]";
    }

    /// <summary>As many digits as still name a group, or a name in braces.</summary>
    private static string Group(string text, ref int at, Regex regex)
    {
        if (at + 1 < text.Length && text[at + 1] == '{' && text.IndexOf('}', at) is var end and > 0)
        {
            var name = text[(at + 2)..end];
            at = end;
            return regex.GetGroupNames().Contains(name) ? name : throw new FunctionException($"the pattern has no group '{name}'");
        }
        var digits = "";
        while (at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])
            && regex.GetGroupNumbers().Contains(int.Parse(digits + text[at + 1], CultureInfo.InvariantCulture)))
            digits += text[++at];
        return digits.Length > 0
            ? digits
            : throw new FunctionException("a $ in the replacement names no group of the pattern: write \\$ for the character itself");
    }
}
