namespace SockSort.Shared;

/// <summary>
/// Says when a count that grows is worth a line of a log: at once, then once a minute while it goes on. A client that never gives up is a
/// line a minute. Thread-safe.
/// </summary>
public sealed class GrowingCount(TimeProvider clock)
{
    private static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _told;
    private long _toldAt;

    /// <returns>Whether the count has grown, and nothing was said of it for a minute.</returns>
    public bool IsNews(long count)
    {
        // Asked for each message and frame, mostly of a count that stands still.
        if (count <= Interlocked.Read(ref _told))
            return false;
        lock (_gate)
        {
            var isQuiet = _told > 0 && clock.GetElapsedTime(_toldAt) < QuietFor;
            if (count <= _told || isQuiet)
                return false;
            (_told, _toldAt) = (count, clock.GetTimestamp());
            return true;
        }
    }
}
