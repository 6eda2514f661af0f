namespace SockSort.Bench;

/// <summary>Latencies that one thread adds to and another takes away. Thread-safe.</summary>
internal sealed class SharedLatencies
{
    private readonly Lock _gate = new();
    private Latencies _latencies = new();

    public void Add(TimeSpan duration)
    {
        lock (_gate)
            _latencies.Add(duration);
    }

    /// <summary>Those since the last call.</summary>
    public Latencies Take()
    {
        lock (_gate)
        {
            var taken = _latencies;
            _latencies = new Latencies();
            return taken;
        }
    }
}
