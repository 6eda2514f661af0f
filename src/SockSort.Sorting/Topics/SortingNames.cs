namespace SockSort.Sorting.Topics;

/// <summary>The streams and tables of sorting, and the topics of the same names.</summary>
public static class SortingNames
{
    /// <summary>A name as the engine knows it: in capitals.</summary>
    public static string InSql(string name) => name.ToUpperInvariant();

    /// <summary>What the model said of each frame; over the topic that the connector writes.</summary>
    public const string Frames = "sock_frames";

    /// <summary>Socks that were before a camera, each as it is sure and as it is over.</summary>
    public const string Sightings = "sock_sightings";

    /// <summary>Of each sock how many were seen, and what they make.</summary>
    public const string Ledger = "sock_ledger";

    /// <summary>A pair at the moment it is whole.</summary>
    public const string Pairs = "pair_found";

    /// <summary>What was counted until the laundry was done.</summary>
    public const string Washes = "sock_washes";

    /// <summary>What the user puts right.</summary>
    public const string Corrections = "sock_corrections";

    /// <summary>What became of it.</summary>
    public const string Results = "sock_correction_results";
}
