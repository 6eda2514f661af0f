namespace SockSort.Sorting.Ledger;

/// <summary>What the ledger says of one sock.</summary>
public sealed class SockAccount
{
    private readonly List<CountedSighting> _counted = [];
    private long _pastSeen;
    private long _pastPairs;
    private long _pastLastSeenMs;
    private string? _pastLastSighting;

    internal SockAccount(string name) => Name = name;

    public string Name { get; }

    /// <summary>Sightings in this count.</summary>
    public long Seen => _counted.Count;

    /// <summary>Pairs that they make.</summary>
    public long Pairs => Seen / 2;

    /// <summary>1 where one of them has no other; else 0.</summary>
    public long Odd => Seen % 2;

    /// <summary>When the sock was last before a camera, milliseconds since 1970, UTC.</summary>
    public long LastSeenMs => _counted.Count == 0 ? _pastLastSeenMs : _counted.Max(counted => counted.ToMs);

    /// <summary>The id of the newest sighting; null where none is left.</summary>
    public string? LastSighting => _counted.Count == 0 ? _pastLastSighting : _counted[^1].Id;

    /// <summary>Sightings in this count and those before it.</summary>
    public long TotalSeen => _pastSeen + Seen;

    public long TotalPairs => _pastPairs + Pairs;

    /// <summary>The sightings of this count, in the order in which they were counted.</summary>
    internal IReadOnlyList<CountedSighting> Counted => _counted;

    internal void Add(CountedSighting counted) => _counted.Add(counted);

    internal void Remove(CountedSighting counted) => _counted.Remove(counted);

    internal void SortByNumber() => _counted.Sort((left, right) => left.Number.CompareTo(right.Number));

    /// <summary>The count is over: it goes to those before.</summary>
    internal void Wash()
    {
        (_pastLastSeenMs, _pastLastSighting) = (LastSeenMs, LastSighting);
        (_pastSeen, _pastPairs) = (TotalSeen, TotalPairs);
        _counted.Clear();
    }

    /// <summary>Takes over what another name has had in counts that are over.</summary>
    internal void TakePast(SockAccount other)
    {
        _pastSeen += other._pastSeen;
        _pastPairs += other._pastPairs;
        if (other._pastLastSeenMs > _pastLastSeenMs)
            (_pastLastSeenMs, _pastLastSighting) = (other._pastLastSeenMs, other._pastLastSighting);
    }

    internal void WritePast(BinaryWriter into)
    {
        into.Write(_pastSeen);
        into.Write(_pastPairs);
        into.Write(_pastLastSeenMs);
        into.Write(_pastLastSighting ?? "");
    }

    internal void ReadPast(BinaryReader from)
    {
        _pastSeen = from.ReadInt64();
        _pastPairs = from.ReadInt64();
        _pastLastSeenMs = from.ReadInt64();
        _pastLastSighting = from.ReadString() is { Length: > 0 } id ? id : null;
    }
}
