namespace SockSort.Sql.JavaTime;

/// <summary>A piece of a pattern: a text, or a letter as often as it stands there; optional pieces stand in brackets.</summary>
/// <param name="Letter">'\0' for a literal, '[' for an optional group.</param>
internal sealed record PatternPart(char Letter, int Count, string Text, IReadOnlyList<PatternPart> Inner)
{
    private const string Numbers = "yuMLdDHhKkmsSnANQqeWwF";

    public bool IsNumber => Letter != '\0' && Numbers.Contains(Letter) && !(Letter is 'M' or 'L' or 'E' or 'e' or 'Q' or 'q' && Count > 2);

    /// <summary>Digits when the width is fixed; 0 when it varies.</summary>
    public int FixedWidth
    {
        get
        {
            var varies = Letter switch
            {
                'S' => false,
                'y' or 'u' => Count != 2,
                _ => Count == 1,
            };
            return !IsNumber || varies ? 0 : Count;
        }
    }

    /// <summary>The first part's letter, optional groups included, that is one of these; null where there is none.</summary>
    public static char? FirstOf(IReadOnlyList<PatternPart> parts, string letters)
    {
        foreach (var part in parts)
        {
            if (part.Letter == '[' && FirstOf(part.Inner, letters) is { } inner)
                return inner;
            if (part.Letter is not ('\0' or '[') && letters.Contains(part.Letter))
                return part.Letter;
        }
        return null;
    }
}

/// <summary>Cuts a pattern of Java's <c>DateTimeFormatter</c> into parts.</summary>
internal static class JavaPattern
{
    private const string Letters = "GuyDMLdQqYwWEecFaBhKkHmsSAnNVvzOXxZp";

    /// <exception cref="FormatException">A letter that Java does not know, or a quote or bracket that never ends.</exception>
    public static IReadOnlyList<PatternPart> Read(string pattern)
    {
        var at = 0;
        var parts = Read(pattern, ref at, isInner: false);
        return parts;
    }

    private static List<PatternPart> Read(string pattern, ref int at, bool isInner)
    {
        var parts = new List<PatternPart>();
        while (at < pattern.Length)
        {
            var c = pattern[at];
            if (c == ']' && isInner)
            {
                at++;
                return parts;
            }
            if (c == '[')
            {
                at++;
                parts.Add(new('[', 0, "", Read(pattern, ref at, isInner: true)));
            }
            else if (c == '\'')
                parts.Add(new('\0', 0, Quoted(pattern, ref at), []));
            else if (char.IsAsciiLetter(c))
                parts.Add(Field(pattern, ref at));
            else
            {
                parts.Add(new('\0', 0, c.ToString(), []));
                at++;
            }
        }
        return isInner ? throw new FormatException($"pattern '{pattern}': a '[' is never closed") : parts;
    }

    private static PatternPart Field(string pattern, ref int at)
    {
        var letter = pattern[at];
        var start = at;
        while (at < pattern.Length && pattern[at] == letter)
            at++;
        return Letters.Contains(letter)
            ? new(letter, at - start, "", [])
            : throw new FormatException($"pattern '{pattern}': Java knows no letter '{letter}'; text stands in ' '");
    }

    private static string Quoted(string pattern, ref int at)
    {
        var start = ++at;
        if (at < pattern.Length && pattern[at] == '\'')
        {
            at++;
            return "'";
        }
        var text = new System.Text.StringBuilder();
        for (; at < pattern.Length; at++)
        {
            if (pattern[at] == '\'' && at + 1 < pattern.Length && pattern[at + 1] == '\'')
                at++;
            else if (pattern[at] == '\'')
            {
                at++;
                return text.ToString();
            }
            _ = text.Append(pattern[at]);
        }
        throw new FormatException($"pattern '{pattern}': the quote at {start} never ends");
    }
}
