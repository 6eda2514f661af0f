namespace SockSort.Dashboard.Watching;

/// <summary>A row of the ledger: a sock that has been seen.</summary>
/// <param name="Seen">How often it was seen in this count.</param>
/// <param name="Pairs">The pairs of it in this count.</param>
/// <param name="IsOdd">Whether one is left over.</param>
/// <param name="TotalPairs">The pairs in all counts.</param>
internal sealed record LedgerRow(
    string Sock, long Seen, long Pairs, bool IsOdd, DateTimeOffset LastSeen, string? LastSighting, long TotalPairs);

/// <summary>One showing of a sock to a camera.</summary>
/// <param name="IsOpen">Whether the sock is still before the camera.</param>
/// <param name="Percent">How sure it is, 0 to 100.</param>
internal sealed record Sighting(
    string Id, string Camera, string Sock, bool IsOpen, DateTimeOffset From, DateTimeOffset To, long Frames, double Percent);

/// <summary>A pair that was found.</summary>
/// <param name="Number">So many pairs of the sock there are with it.</param>
internal sealed record FoundPair(string Sock, long Number, DateTimeOffset At);

/// <summary>What became of a correction.</summary>
/// <param name="Reason">What is wrong and what to do; null where it was accepted.</param>
internal sealed record CorrectionResult(string Id, bool IsAccepted, string? Reason);

/// <summary>Something that has just happened.</summary>
/// <param name="Sighting">The sighting that it is about; null where it is about none.</param>
internal sealed record Happening(DateTimeOffset At, string Sock, string Text, bool IsPair, Sighting? Sighting);

/// <summary>What the ledger and its events say at one moment.</summary>
internal sealed record SortingView
{
    /// <summary>Whether the ledger's tables exist.</summary>
    public bool IsThere { get; init; }

    /// <summary>The socks by name.</summary>
    public IReadOnlyList<LedgerRow> Ledger { get; init; } = [];

    /// <summary>The newest events, the newest first.</summary>
    public IReadOnlyList<Happening> Recent { get; init; } = [];

    /// <summary>Sightings and pairs by the hour, since the start of what the log holds.</summary>
    public HourCounts Hours { get; init; } = new();

    /// <summary>The newest pair; null before the first.</summary>
    public FoundPair? LastPair { get; init; }
}
