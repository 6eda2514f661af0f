namespace SockSort.Sorting.Sightings;

/// <summary>Why a sighting is over.</summary>
public enum SightingEnd
{
    /// <summary>Nothing was before the camera any more.</summary>
    Blank,

    /// <summary>Another sock, or something that was never taught, was before the camera.</summary>
    Other,

    /// <summary>No frame has come for so long.</summary>
    Silence,
}
