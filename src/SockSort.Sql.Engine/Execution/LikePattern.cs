namespace SockSort.Sql.Engine.Execution;

/// <summary>
/// A pattern of <c>LIKE</c>: <c>%</c> any text, <c>_</c> one character, an escape character before either takes it literally.
/// </summary>
internal sealed class LikePattern
{
    // '\0' with IsWild: any text; '\x1' with IsWild: one character.
    private readonly (char Char, bool IsWild)[] _parts;

    public LikePattern(string pattern, char? escape)
    {
        var parts = new List<(char, bool)>();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == escape && i + 1 < pattern.Length)
                parts.Add((pattern[++i], false));
            else
                parts.Add(pattern[i] is '%' or '_' ? (pattern[i], true) : (pattern[i], false));
        }
        _parts = [.. parts];
    }

    /// <summary>Whether the whole text fits; in time of at most text times pattern length.</summary>
    public bool Matches(string text)
    {
        int t = 0, p = 0, retryText = -1, retryPart = -1;
        while (t < text.Length)
        {
            if (p < _parts.Length && _parts[p] is ('%', true))
                (retryPart, retryText) = (p++, t);
            else if (p < _parts.Length && (_parts[p] is ('_', true) || (!_parts[p].IsWild && _parts[p].Char == text[t])))
                (p, t) = (p + 1, t + 1);
            else if (retryPart >= 0)
                (p, t) = (retryPart + 1, ++retryText);
            else
                return false;
        }
        while (p < _parts.Length && _parts[p] is ('%', true))
            p++;
        return p == _parts.Length;
    }
}
