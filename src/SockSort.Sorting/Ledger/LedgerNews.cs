namespace SockSort.Sorting.Ledger;

/// <summary>What has become of one sighting or correction.</summary>
public sealed class LedgerNews
{
    private readonly List<string> _changed = [];
    private readonly List<string> _takenBack = [];

    /// <summary>What is wrong with a correction, and what to do; null where it was made.</summary>
    public string? Refusal { get; init; }

    /// <summary>Names whose account has changed or gone, each once.</summary>
    public IReadOnlyList<string> Changed => _changed;

    /// <summary>Names whose last pair is none any more, before what <see cref="Pairs"/> tells; each once.</summary>
    public IReadOnlyList<string> TakenBack => _takenBack;

    /// <summary>The pairs that are whole by it.</summary>
    public IList<FoundPair> Pairs { get; } = [];

    /// <summary>What was counted, where the laundry is done.</summary>
    public IList<WashedSock> Washed { get; } = [];

    internal static LedgerNews Refused(string refusal) => new() { Refusal = refusal };

    internal void Change(string name)
    {
        if (!_changed.Contains(name))
            _changed.Add(name);
    }

    internal void TakeBack(string name)
    {
        if (!_takenBack.Contains(name))
            _takenBack.Add(name);
    }
}

/// <summary>Two socks that make a pair.</summary>
/// <param name="Pairs">So many pairs of the sock there are now.</param>
/// <param name="Wash">The number of the count.</param>
/// <param name="First">The id of the sighting that waited.</param>
/// <param name="Second">The id of the one that completes it.</param>
/// <param name="Camera">The camera that has seen the second.</param>
public sealed record FoundPair(string Sock, long Pairs, int Wash, string First, string Second, string Camera);

/// <summary>What was counted of a sock when the laundry was done.</summary>
public sealed record WashedSock(string Sock, int Wash, long Seen, long Pairs, long Odd);
