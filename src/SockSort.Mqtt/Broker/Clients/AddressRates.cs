using System.Net;

namespace SockSort.Mqtt.Broker.Clients;

/// <summary>The rates at which connections come from each address. Thread-safe.</summary>
/// <param name="perSecond">0 = as many as come.</param>
internal sealed class AddressRates(int perSecond, TimeProvider time)
{
    private const int MostHeld = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, RateLimit> _rates = [];

    /// <summary>A connection comes.</summary>
    /// <param name="remote">Null = its address is not known: it does not wait.</param>
    /// <returns>How long it has to wait.</returns>
    public TimeSpan Take(EndPoint? remote)
    {
        if (perSecond == 0 || remote is not IPEndPoint { Address: var address })
            return TimeSpan.Zero;
        RateLimit? rate;
        lock (_gate)
        {
            if (_rates.Count >= MostHeld)
                Forget();
            if (!_rates.TryGetValue(address, out rate))
                _rates.Add(address, rate = new RateLimit(perSecond, time));
        }
        return rate.Take();
    }

    private void Forget()
    {
        foreach (var idle in _rates.Where(rate => rate.Value.IsIdle).Select(rate => rate.Key).ToList())
            _ = _rates.Remove(idle);
        if (_rates.Count >= MostHeld)
            _rates.Clear();
    }
}
