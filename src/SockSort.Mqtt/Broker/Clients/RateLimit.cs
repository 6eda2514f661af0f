namespace SockSort.Mqtt.Broker.Clients;

/// <summary>
/// Says how long to wait so that no more than so many a second come through, a second's worth of them at once. Thread-safe.
/// </summary>
internal sealed class RateLimit(int perSecond, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _interval = Math.Max(1, time.TimestampFrequency / perSecond);

    // When the next one would come if all came evenly.
    private long _next = time.GetTimestamp();

    /// <summary>Whether it has not been used for so long that a new one would say the same.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _next < time.GetTimestamp() - time.TimestampFrequency;
        }
    }

    /// <summary>Lets one through.</summary>
    /// <returns>How long it has to wait; zero where it need not.</returns>
    public TimeSpan Take()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _next = Math.Max(_next, now - time.TimestampFrequency) + _interval;
            return _next > now ? time.GetElapsedTime(now, _next) : TimeSpan.Zero;
        }
    }
}
