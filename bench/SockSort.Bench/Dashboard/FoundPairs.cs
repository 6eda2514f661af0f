namespace SockSort.Bench.Dashboard;

/// <summary>The pairs that the program has found, as its log tells them.</summary>
internal sealed class FoundPairs
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly List<long> _foundAtMs = [];

    public int Count
    {
        get
        {
            lock (_gate)
                return _foundAtMs.Count;
        }
    }

    /// <summary>When a pair was found, milliseconds since 1970, UTC.</summary>
    public long this[int number]
    {
        get
        {
            lock (_gate)
                return _foundAtMs[number];
        }
    }

    /// <summary>Takes a row: how many pairs of the sock there are, and when this one was found.</summary>
    public void Take(long pairs, long foundAtMs, long now)
    {
        lock (_gate)
            _foundAtMs.Add(foundAtMs);
    }

    /// <exception cref="BenchException">There are not so many in time.</exception>
    public async Task ReachAsync(int count, TimeSpan patience, CancellationToken cancellation)
    {
        var (reached, _) = await Growth.WaitAsync(() => Task.FromResult((long)Count), count, patience, LookEvery, cancellation);
        if (reached < count)
            throw new BenchException($"the program has found {reached} pairs instead of {count}");
    }

    /// <summary>Waits until no more are found.</summary>
    /// <returns>When the last one was: a timestamp of <see cref="System.Diagnostics.Stopwatch"/>.</returns>
    public async Task<long> SettleAsync(CancellationToken cancellation) =>
        (await Growth.WaitAsync(() => Task.FromResult((long)Count), long.MaxValue, Silence, LookEvery, cancellation)).GrownAt;
}
