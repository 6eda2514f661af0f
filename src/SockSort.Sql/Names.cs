using SockSort.Shared;

namespace SockSort.Sql;

/// <summary>Finds what a misspelt name was meant to be.</summary>
public static class Names
{
    /// <summary>Suggests a similar name: <c>did you mean 'X'?</c>; null where none is similar.</summary>
    public static string? DidYouMean(string name, IEnumerable<string> known) =>
        Nearest(name, known) is { } nearest ? $"did you mean '{nearest}'?" : null;

    /// <summary>Finds the known name with the fewest changed letters, at most a third of them; case does not count.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var upper = name.ToUpperInvariant();
        var best = known.Select(candidate => (candidate, Distance: EditDistance.Between(upper, candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal).FirstOrDefault();
        return best.candidate is not null && best.Distance <= Math.Max(1, name.Length / 3)
            && best.Distance < Math.Max(name.Length, best.candidate.Length)
            ? best.candidate
            : null;
    }
}
