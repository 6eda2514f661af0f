namespace SockSort.Edge.Cameras;

/// <summary>
/// How long to wait before a camera is opened again: half a second, twice as long after each failure in a row, at most half a minute.
/// </summary>
internal sealed class ReopenDelay
{
    private const double FirstSeconds = 0.5;
    private const double LongestSeconds = 30;

    // Cameras that lost the same switch are not all asked at the same moment.
    private const double LeastShare = 0.5;

    private int _failures;

    /// <summary>Frames flow: the next failure is the first.</summary>
    public void Reset() => _failures = 0;

    public TimeSpan Next()
    {
        var seconds = Math.Min(LongestSeconds, FirstSeconds * Math.Pow(2, Math.Min(_failures++, 10)));
        return TimeSpan.FromSeconds(seconds * (LeastShare + ((1 - LeastShare) * Random.Shared.NextDouble())));
    }
}
