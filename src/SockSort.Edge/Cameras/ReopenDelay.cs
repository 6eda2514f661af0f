namespace SockSort.Edge.Cameras;

/// <summary>
/// Back-off before a camera is reopened: half a second, doubled after each failure in a row, at most half a minute. A random share of up to
/// one half is left out.
/// </summary>
internal sealed class ReopenDelay
{
    private const double FirstSeconds = 0.5;
    private const double LongestSeconds = 30;

    // The random share keeps cameras that lost the same switch from being reopened all at the same moment.
    private const double LeastShare = 0.5;

    private int _failures;

    /// <summary>Starts the back-off anew, because the camera delivers frames.</summary>
    public void Reset() => _failures = 0;

    public TimeSpan Next()
    {
        var seconds = Math.Min(LongestSeconds, FirstSeconds * Math.Pow(2, Math.Min(_failures++, 10)));
        return TimeSpan.FromSeconds(seconds * (LeastShare + ((1 - LeastShare) * Random.Shared.NextDouble())));
    }
}
