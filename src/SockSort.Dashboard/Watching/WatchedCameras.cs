using System.Collections.Immutable;

namespace SockSort.Dashboard.Watching;

/// <summary>The cameras of the process in the order of their start. Thread-safe.</summary>
public sealed class WatchedCameras
{
    private ImmutableList<WatchedCamera> _cameras = [];

    /// <summary>Raised when a camera has been added.</summary>
    public event Action<WatchedCamera>? Added;

    /// <summary>The cameras that have been added so far.</summary>
    public IReadOnlyList<WatchedCamera> All => _cameras;

    /// <summary>Shows a further camera.</summary>
    public void Add(WatchedCamera camera)
    {
        _ = ImmutableInterlocked.Update(ref _cameras, cameras => cameras.Add(camera));
        Added?.Invoke(camera);
    }

    /// <summary>Finds a camera; null if there is none of that name.</summary>
    public WatchedCamera? Find(string name) => _cameras.Find(camera => camera.Name == name);
}
