using SockSort.Sorting.Ledger;
using SockSort.Sorting.Topics;

namespace SockSort.Dashboard.Watching;

/// <summary>What the ledger counts, by the hour: what a correction takes back is taken out of the hour that it was counted in.</summary>
/// <remarks>
/// Pairs are the changes of the ledger's rows, not the events <c>pair_found</c>: one of those without value says of a pair neither that it
/// is none any more nor that another name has it.
/// </remarks>
internal sealed class LedgerHours
{
    // As many as the ledger itself remembers of counts that are over.
    private const int MostRemembered = SockLedger.MostPastSightings;

    private readonly NewestOf<DateTimeOffset> _seen = new(MostRemembered);
    private readonly NewestOf<bool> _isForgotten = new(MostRemembered);
    private readonly Dictionary<string, SockPairs> _pairs = new(StringComparer.Ordinal);

    // Of a row that has just gone: where it was merged, the next row takes them over.
    private SockPairs? _gone;

    /// <summary>All socks together.</summary>
    public HourCounts Counts { get; } = new();

    /// <summary>A sock was seen; one that is told again counts once.</summary>
    public void See(SightingRow sighting)
    {
        if (_seen.TryGet(sighting.Id, out _))
            return;
        var at = Shown.At(sighting.SeenFromMs);
        _seen.Set(sighting.Id, at);
        if (!IsForgotten(sighting.Id))
            Counts.Add(at, sightings: 1);
    }

    /// <summary>The ledger has decided on a correction; the sighting that it is about may be told later.</summary>
    public void Decide(CorrectionResult result)
    {
        if (result is not { IsAccepted: true, Sighting: { } sighting, Kind: CorrectionKind.Forget or CorrectionKind.Relabel })
            return;
        var (before, after) = (IsForgotten(sighting), result.Kind == CorrectionKind.Forget);
        _isForgotten.Set(sighting, after);
        if (before != after && _seen.TryGet(sighting, out var at))
            Counts.Add(at, sightings: after ? -1 : 1);
    }

    /// <summary>A row of the ledger has changed.</summary>
    public void Change(LedgerRow row, DateTimeOffset at)
    {
        var pairs = PairsOf(row);
        if (_gone is { } gone)
            pairs.TakeOver(gone);
        _gone = null;
        var more = row.TotalPairs - pairs.Total;
        pairs.Total = row.TotalPairs;
        // One record makes one pair at most; where it seems to make more, the log no longer has those before it.
        if (more == 1)
        {
            pairs.FoundAt.Add(at);
            Counts.Add(at, pairs: 1);
        }
        for (; more < 0 && pairs.FoundAt.Count > 0; more++)
        {
            Counts.Add(pairs.FoundAt[^1], pairs: -1);
            pairs.FoundAt.RemoveAt(pairs.FoundAt.Count - 1);
        }
        pairs.ForgetOldest(MostRemembered);
    }

    /// <summary>A row of the ledger has gone: its sock was merged into another one, or the last of it was corrected.</summary>
    public void Remove(string sock) => _pairs.Remove(sock, out _gone);

    private bool IsForgotten(string sighting) => _isForgotten.TryGet(sighting, out var isForgotten) && isForgotten;

    private SockPairs PairsOf(LedgerRow row)
    {
        if (_pairs.TryGetValue(row.Sock, out var pairs))
            return pairs;
        // The first row of a name has no pair yet, or those of another name, or those that the log no longer tells of.
        return _pairs[row.Sock] = new SockPairs { Total = _gone is null ? row.TotalPairs : 0 };
    }

    /// <summary>The pairs of one sock.</summary>
    private sealed class SockPairs
    {
        public long Total { get; set; }

        /// <summary>When they were found, the newest last; the oldest may be missing.</summary>
        public List<DateTimeOffset> FoundAt { get; } = [];

        public void TakeOver(SockPairs other)
        {
            Total += other.Total;
            FoundAt.AddRange(other.FoundAt);
            FoundAt.Sort();
        }

        public void ForgetOldest(int most)
        {
            if (FoundAt.Count > most)
                FoundAt.RemoveRange(0, most / 2);
        }
    }
}
