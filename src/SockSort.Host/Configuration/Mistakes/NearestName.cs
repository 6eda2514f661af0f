namespace SockSort.Host.Configuration.Mistakes;

/// <summary>Which known name was probably meant.</summary>
internal static class NearestName
{
    // No name is longer, and the time grows with the square of the length.
    private const int MostCharacters = 50;

    /// <summary>Null where none is near.</summary>
    public static string? To(string name, IEnumerable<string> known)
    {
        if (name.Length > MostCharacters)
            return null;
        var (nearest, distance) = known
            .Where(candidate => candidate.Length <= MostCharacters)
            .Select(candidate => (candidate, Distance: DistanceBetween(candidate.ToLowerInvariant(), name.ToLowerInvariant())))
            .MinBy(pair => pair.Distance);
        var most = Math.Max(2, name.Length / 3);
        return distance <= most && distance < name.Length ? nearest : null;
    }

    /// <summary>Levenshtein's distance, one row at a time.</summary>
    private static int DistanceBetween(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, changed);
            }
        }
        return row[^1];
    }
}
