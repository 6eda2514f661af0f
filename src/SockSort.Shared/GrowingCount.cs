namespace SockSort.Shared;

/// <summary>
/// Decides when a growing count is worth a log line: at its first growth, then at most once a minute. A client that never gives up
/// therefore costs one line a minute. Thread-safe.
/// </summary>
public sealed class GrowingCount(TimeProvider clock)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _reported;
    private long _reportedAt;

    /// <returns>True if the count has grown and nothing was reported for a minute.</returns>
    public bool IsNews(long count)
    {
        // This runs for each message and frame, and the count has mostly not changed.
        if (count <= Interlocked.Read(ref _reported))
            return false;
        lock (_gate)
        {
            var isQuiet = _reported > 0 && clock.GetElapsedTime(_reportedAt) < ReportInterval;
            if (count <= _reported || isQuiet)
                return false;
            (_reported, _reportedAt) = (count, clock.GetTimestamp());
            return true;
        }
    }
}
