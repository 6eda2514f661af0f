namespace SockSort.Edge.Cameras;

/// <summary>Lets frames through at a steady rate, on a schedule without drift.</summary>
/// <param name="fps">Frames per second; 0 = no waiting.</param>
/// <param name="time">The clock.</param>
internal sealed class Pacer(double fps, TimeProvider time)
{
    private readonly TimeSpan _interval = fps > 0 ? TimeSpan.FromSeconds(1 / fps) : TimeSpan.Zero;
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _due;

    /// <summary>Returns when the next frame is due: at once for the first one.</summary>
    public async ValueTask WaitAsync(CancellationToken cancel)
    {
        if (_interval == TimeSpan.Zero)
            return;
        var now = time.GetElapsedTime(_start);
        if (now < _due)
            await Task.Delay(_due - now, time, cancel);
        else if (now > _due + _interval)
            // More than a frame behind: the schedule starts anew, or the frames that follow would come in a rush.
            _due = now;
        _due += _interval;
    }
}
