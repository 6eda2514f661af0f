namespace SockSort.Edge.Cameras;

/// <summary>Keeps a camera's state and reports each change once, not every attempt to reach the camera.</summary>
internal sealed class StatusTeller(TimeProvider time)
{
    // Most reasons that are reported while the camera is away. One that is starting up may fail in several ways one after the other, but
    // reasons that alternate must not be reported for ever.
    private const int MostProblems = 5;

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private CameraStatus _status = new(CameraState.Waiting, time.GetUtcNow());

    public event Action<CameraStatus>? Changed;

    /// <summary>Current status; may be read at any time, from any thread.</summary>
    public CameraStatus Status => Volatile.Read(ref _status);

    public void Tell(CameraState state)
    {
        _told.Clear();
        if (Status.State != state)
            Set(new CameraStatus(state, time.GetUtcNow()));
    }

    /// <summary>Reports that the camera is away. A new reason is reported too, with the time since when it has been away.</summary>
    public void TellAway(string problem)
    {
        var since = Status.State == CameraState.Away ? Status.Since : time.GetUtcNow();
        var status = new CameraStatus(CameraState.Away, since, problem);
        if (_told.Count < MostProblems && _told.Add(problem))
            Set(status);
        else
            Volatile.Write(ref _status, status);
    }

    private void Set(CameraStatus status)
    {
        Volatile.Write(ref _status, status);
        Changed?.Invoke(status);
    }
}
