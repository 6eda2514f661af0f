namespace SockSort.Edge.Cameras;

/// <summary>Delays frames to a steady rate, on a schedule without drift.</summary>
/// <param name="fps">Frames per second; 0 means no delay.</param>
/// <param name="time">Clock of the schedule.</param>
internal sealed class Pacer(double fps, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Time between two frames; zero if a frame is always due.</summary>
    public TimeSpan Interval { get; } = fps > 0 ? TimeSpan.FromSeconds(1 / fps) : TimeSpan.Zero;

    /// <summary>Current time, counted from the creation of this object like <see cref="Due"/>.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>When the next frame is due, counted from the creation of this object.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>Waits until the next frame is due; the first one is due at once.</summary>
    public async ValueTask WaitAsync(CancellationToken cancel)
    {
        if (Interval == TimeSpan.Zero)
            return;
        var now = Now;
        if (now < Due)
            await Task.Delay(Due - now, time, cancel);
        else if (now > Due + Interval)
            // More than one frame behind, the schedule starts anew; otherwise the next frames would come in a burst.
            Due = now;
        Due += Interval;
    }
}
