namespace SockSort.Edge.Cameras;

/// <summary>Keeps a camera's state, and tells of it once a change: not at each try to reach it.</summary>
internal sealed class StatusTeller(TimeProvider time)
{
    // A camera that comes up may fail in several ways one after the other; two that take turns are not told for ever.
    private const int MostProblems = 5;

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private CameraStatus _status = new(CameraState.Waiting, time.GetUtcNow());

    public event Action<CameraStatus>? Changed;

    /// <summary>Readable at any time, from any thread.</summary>
    public CameraStatus Status => Volatile.Read(ref _status);

    public void Tell(CameraState state)
    {
        _told.Clear();
        if (Status.State != state)
            Set(new CameraStatus(state, time.GetUtcNow()));
    }

    /// <summary>It is away; another reason than before is told, too, the time since when stays.</summary>
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
