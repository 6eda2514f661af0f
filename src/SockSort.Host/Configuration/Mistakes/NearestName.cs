using SockSort.Shared;

namespace SockSort.Host.Configuration.Mistakes;

/// <summary>Suggests the known name that a misspelt one probably meant.</summary>
internal static class NearestName
{
    // No known name is longer, and the time grows with the square of the length.
    private const int MostCharacters = 50;

    /// <summary>The nearest known name; null if none is near.</summary>
    public static string? To(string name, IEnumerable<string> known)
    {
        if (name.Length > MostCharacters)
            return null;
        var (nearest, distance) = known
            .Where(candidate => candidate.Length <= MostCharacters)
            .Select(candidate => (candidate, Distance: EditDistance.Between(candidate.ToLowerInvariant(), name.ToLowerInvariant())))
            .MinBy(pair => pair.Distance);
        var most = Math.Max(2, name.Length / 3);
        return distance <= most && distance < name.Length ? nearest : null;
    }
}
