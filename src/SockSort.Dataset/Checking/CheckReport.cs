namespace SockSort.Dataset.Checking;

/// <summary>What the check of a photos' folder found.</summary>
/// <param name="Root">Absolute path or address.</param>
/// <param name="Photos">All photos, by path.</param>
/// <param name="Findings">What to look at, the gravest kind first.</param>
public sealed record CheckReport(string Root, IReadOnlyList<PhotoFacts> Photos, IReadOnlyList<Finding> Findings)
{
    /// <summary>What training would leave out, too, each with its reason.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Photos of each class, by name.</summary>
    public IReadOnlyList<(string Class, int Photos)> Classes =>
        [
            .. Photos.GroupBy(photo => photo.Class)
            .Select(group => (group.Key, group.Count()))
            .OrderBy(row => row.Key, StringComparer.Ordinal),
        ];
}
