namespace SockSort.Dashboard.Watching;

/// <summary>Makes rates of counters that are looked at now and then. Not thread-safe.</summary>
internal sealed class Rates(TimeProvider time)
{
    private readonly Dictionary<string, (long Count, long At, double Rate)> _last = new(StringComparer.Ordinal);

    /// <summary>How much a counter has grown a second since the look before; 0 at the first look.</summary>
    /// <param name="name">Names the counter.</param>
    /// <param name="count">What it says now.</param>
    public double Of(string name, long count)
    {
        var now = time.GetTimestamp();
        if (!_last.TryGetValue(name, out var before))
        {
            _last[name] = (count, now, 0);
            return 0;
        }
        var seconds = time.GetElapsedTime(before.At, now).TotalSeconds;
        if (seconds <= 0)
            return before.Rate;
        var rate = Math.Max(0, count - before.Count) / seconds;
        _last[name] = (count, now, rate);
        return rate;
    }
}
