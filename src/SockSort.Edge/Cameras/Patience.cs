namespace SockSort.Edge.Cameras;

/// <summary>
/// For how long a network camera or device may give no frame: three times its own usual interval where that is longer than the limit that
/// was set.
/// </summary>
/// <param name="usual">See <see cref="CameraOptions.FrameTimeout"/>.</param>
internal sealed class Patience(TimeSpan usual)
{
    private const int Intervals = 3;
    private const int Remembered = 5;

    private readonly Queue<TimeSpan> _last = new(Remembered);

    /// <summary>Before the camera's interval is known it might be a slow one: one frame in ten seconds is no fault.</summary>
    public TimeSpan Limit
    {
        get
        {
            if (_last.Count == 0)
                return usual * Intervals;
            var own = TimeSpan.FromTicks((long)_last.Average(interval => interval.Ticks)) * Intervals;
            return own > usual ? own : usual;
        }
    }

    /// <summary>A frame came so long after the one before.</summary>
    public void Observe(TimeSpan interval)
    {
        if (_last.Count == Remembered)
            _last.Dequeue();
        _last.Enqueue(interval);
    }
}
