namespace SockSort.Edge.Cameras;

/// <summary>
/// Limits how long a network camera or device may deliver no frame: the configured limit, or three times the camera's usual interval where
/// that is longer.
/// </summary>
/// <param name="usual">Configured limit: see <see cref="CameraOptions.FrameTimeout"/>.</param>
internal sealed class Patience(TimeSpan usual)
{
    private const int Intervals = 3;
    private const int Remembered = 5;

    private readonly Queue<TimeSpan> _last = new(Remembered);

    /// <summary>
    /// Current limit. Before the camera's interval is known it is three times the configured one, because the camera may be a slow one: one
    /// frame in ten seconds is no failure.
    /// </summary>
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

    /// <summary>Records the interval between two successive frames.</summary>
    public void Observe(TimeSpan interval)
    {
        if (_last.Count == Remembered)
            _last.Dequeue();
        _last.Enqueue(interval);
    }
}
