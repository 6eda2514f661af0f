namespace SockSort.Sql;

/// <summary>Finds what a misspelt name was meant to be.</summary>
internal static class Names
{
    /// <summary><c>did you mean 'X'?</c>, or null where nothing is near.</summary>
    public static string? DidYouMean(string name, IEnumerable<string> known) =>
        Nearest(name, known) is { } nearest ? $"did you mean '{nearest}'?" : null;

    /// <summary>The known name with the fewest changed letters, at most a third of them; case does not count.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (candidate, Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal).FirstOrDefault();
        return best.candidate is not null && best.Distance <= Math.Max(1, name.Length / 3)
            && best.Distance < Math.Max(name.Length, best.candidate.Length)
            ? best.candidate
            : null;
    }

    /// <summary>Letters to insert, delete, replace or swap with a neighbour (restricted Damerau-Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var costs = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            costs[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            costs[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = costs[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                costs[i, j] = Math.Min(replaced, Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
            }
        }
        return costs[a.Length, b.Length];
    }
}
