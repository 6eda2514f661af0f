namespace SockSort.Mqtt.Broker;

/// <summary>Counts by client what queues have dropped, of the clients that have missed most. Thread-safe.</summary>
internal sealed class DropTally
{
    private const int MostShown = 10;
    private const int MostHeld = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _drops = new(StringComparer.Ordinal);

    /// <summary>The ten that have missed most, the first one most.</summary>
    public IReadOnlyList<ClientDrops> Worst
    {
        get
        {
            lock (_gate)
            {
                return [.. _drops.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Take(MostShown)
                    .Select(one => new ClientDrops(one.Key, one.Value))];
            }
        }
    }

    public void Add(string clientId, int dropped)
    {
        lock (_gate)
        {
            // Ids that clients make up anew at each connection must not fill the memory.
            if (_drops.Count >= MostHeld && !_drops.ContainsKey(clientId))
                Forget();
            _drops[clientId] = _drops.GetValueOrDefault(clientId) + dropped;
        }
    }

    private void Forget()
    {
        foreach (var few in _drops.OrderBy(one => one.Value).Take(MostHeld / 2).Select(one => one.Key).ToList())
            _ = _drops.Remove(few);
    }
}
