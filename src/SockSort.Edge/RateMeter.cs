namespace SockSort.Edge;

/// <summary>Measures how often an event happens, over its last 20 occurrences. Thread-safe.</summary>
public sealed class RateMeter(TimeProvider time)
{
    private const int Remembered = 20;

    private readonly Lock _gate = new();
    private readonly Queue<long> _at = new(Remembered);
    private long _last;

    /// <summary>Records one occurrence at the current time.</summary>
    public void Count()
    {
        lock (_gate)
        {
            if (_at.Count == Remembered)
                _at.Dequeue();
            _last = time.GetTimestamp();
            _at.Enqueue(_last);
        }
    }

    /// <summary>Average interval between the last occurrences; zero before the second one.</summary>
    public TimeSpan UsualInterval
    {
        get
        {
            lock (_gate)
                return _at.Count < 2 ? TimeSpan.Zero : time.GetElapsedTime(_at.Peek(), _last) / (_at.Count - 1);
        }
    }

    /// <summary>Occurrences per second, falling while no new one comes; 0 before the second one.</summary>
    public double PerSecond
    {
        get
        {
            lock (_gate)
            {
                if (_at.Count < 2)
                    return 0;
                var measured = time.GetElapsedTime(_at.Peek(), _last);
                var interval = measured / (_at.Count - 1);
                var silence = time.GetElapsedTime(_last);
                // A silence of up to two usual intervals is normal, so it does not lower the rate yet.
                var seconds = (silence > 2 * interval ? measured + silence : measured).TotalSeconds;
                return seconds > 0 ? (_at.Count - 1) / seconds : 0;
            }
        }
    }
}
