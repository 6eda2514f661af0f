namespace SockSort.Edge.Cameras;

/// <summary>Lets frames through at a steady rate, on a schedule without drift.</summary>
/// <param name="fps">Frames per second; 0 = no waiting.</param>
/// <param name="time">The clock.</param>
internal sealed class Pacer(double fps, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Zero: a frame is always due.</summary>
    public TimeSpan Interval { get; } = fps > 0 ? TimeSpan.FromSeconds(1 / fps) : TimeSpan.Zero;

    /// <summary>Of the clock that <see cref="Due"/> is told by.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>When the next frame is due.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>Returns when the next frame is due: at once for the first one.</summary>
    public async ValueTask WaitAsync(CancellationToken cancel)
    {
        if (Interval == TimeSpan.Zero)
            return;
        var now = Now;
        if (now < Due)
            await Task.Delay(Due - now, time, cancel);
        else if (now > Due + Interval)
            // More than a frame behind: the schedule starts anew, or the frames that follow would come in a rush.
            Due = now;
        Due += Interval;
    }
}
