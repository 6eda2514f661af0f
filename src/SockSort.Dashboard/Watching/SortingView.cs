using SockSort.Sorting.Topics;

namespace SockSort.Dashboard.Watching;

/// <summary>Something that has just happened.</summary>
/// <param name="Sighting">The sighting that it is about; null where it is about none.</param>
internal sealed record Happening(DateTimeOffset At, string Sock, string Text, bool IsPair, SightingRow? Sighting);

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
    public PairRow? LastPair { get; init; }
}
