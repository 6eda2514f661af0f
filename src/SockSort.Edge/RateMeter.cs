namespace SockSort.Edge;

/// <summary>How often something happens, measured over its last 20 times; from any thread.</summary>
public sealed class RateMeter(TimeProvider time)
{
    private const int Remembered = 20;

    private readonly Lock _gate = new();
    private readonly Queue<long> _at = new(Remembered);
    private long _last;

    /// <summary>It happened now.</summary>
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

    /// <summary>Between the last times, on average; zero before the second one.</summary>
    public TimeSpan UsualInterval
    {
        get
        {
            lock (_gate)
                return _at.Count < 2 ? TimeSpan.Zero : time.GetElapsedTime(_at.Peek(), _last) / (_at.Count - 1);
        }
    }

    /// <summary>Times per second; sinks when nothing happens any more. 0 before the second time.</summary>
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
                // Within two usual intervals silence says nothing yet.
                var seconds = (silence > 2 * interval ? measured + silence : measured).TotalSeconds;
                return seconds > 0 ? (_at.Count - 1) / seconds : 0;
            }
        }
    }
}
