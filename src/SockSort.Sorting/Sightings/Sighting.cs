namespace SockSort.Sorting.Sightings;

/// <summary>A sock that was before a camera once, as far as it has been seen.</summary>
/// <param name="Sock">The label that its frames agree on.</param>
/// <param name="FromMs">When its first frame was captured, in milliseconds since 1970, UTC.</param>
/// <param name="ToMs">When its last frame was captured, likewise.</param>
/// <param name="Frames">Frames that had its label.</param>
/// <param name="Confidence">Their mean probability, 0 to 100.</param>
public sealed record Sighting(string Camera, string Sock, long FromMs, long ToMs, long Frames, double Confidence)
{
    /// <summary>Why it is over; null while it goes on.</summary>
    public SightingEnd? End { get; init; }

    /// <summary>The moment that decided: when the bound was passed, or when it ended; milliseconds since 1970, UTC.</summary>
    public required long ToldAtMs { get; init; }

    /// <summary>Names the sighting for good: the same frames give the same id, whenever they are read.</summary>
    public string Id => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Camera}@{FromMs}");
}
