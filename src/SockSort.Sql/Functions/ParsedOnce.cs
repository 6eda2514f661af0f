using System.Collections.Concurrent;

namespace SockSort.Sql.Functions;

/// <summary>Caches parsed texts (patterns, paths): they come from statements and rarely from columns, so each is parsed once.</summary>
/// <param name="read">Parses a text; may throw.</param>
internal sealed class ParsedOnce<T>(Func<string, T> read)
{
    // A column full of different texts must not fill the memory.
    private const int MaxKept = 1000;

    private readonly ConcurrentDictionary<string, T> _kept = new(StringComparer.Ordinal);

    public T Of(string text)
    {
        if (_kept.TryGetValue(text, out var known))
            return known;
        var value = read(text);
        if (_kept.Count < MaxKept)
            _ = _kept.TryAdd(text, value);
        return value;
    }
}
