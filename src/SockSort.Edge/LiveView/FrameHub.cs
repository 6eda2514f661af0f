namespace SockSort.Edge.LiveView;

/// <summary>Holds the newest frame and wakes all viewers that wait for it. A slow viewer delays no other one.</summary>
internal sealed class FrameHub
{
    private readonly Lock _gate = new();
    private LiveFrame? _latest;
    private TaskCompletionSource _changed = NewSignal();

    public LiveFrame? Latest
    {
        get
        {
            lock (_gate)
                return _latest;
        }
    }

    public void Show(LiveFrame frame)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _latest = frame;
            changed = _changed;
            _changed = NewSignal();
        }
        changed.SetResult();
    }

    /// <summary>Waits until the newest frame is not <paramref name="seen"/>, and returns it. Frames in between are skipped.</summary>
    public async ValueTask<LiveFrame> NextAsync(LiveFrame? seen, CancellationToken cancel)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_latest is { } latest && !ReferenceEquals(latest, seen))
                    return latest;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancel);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
