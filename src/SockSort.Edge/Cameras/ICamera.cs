using SockSort.Edge.Cameras.Browser;

namespace SockSort.Edge.Cameras;

/// <summary>A source of frames at a steady rate, for one reader at a time.</summary>
public interface ICamera : IAsyncDisposable
{
    /// <summary>Name of the source without secrets: an address stands without its password and query.</summary>
    string Name { get; }

    /// <summary>Current counters; may be read at any time, from any thread.</summary>
    CameraCounts Counts { get; }

    /// <summary>Current status; may be read at any time, from any thread.</summary>
    CameraStatus Status { get; }

    /// <summary>Where a phone's pictures come in; null if the camera is fed by no phone.</summary>
    BrowserFeed? Feed => null;

    /// <summary>Raised once for each picture that cannot be read, before the next frame is handed out.</summary>
    event Action<SkippedPicture>? Skipped;

    /// <summary>
    /// Raised when the camera delivers its first frame, breaks off, is away for another reason, comes back or ends; from any thread.
    /// </summary>
    event Action<CameraStatus>? StatusChanged;

    /// <summary>
    /// Waits for the next frame; null when the source has ended. A camera that breaks off is reopened meanwhile: see
    /// <see cref="CameraStatus"/>.
    /// </summary>
    /// <exception cref="CameraException">The source holds nothing readable, is no camera, or is a file that broke off.</exception>
    ValueTask<CameraFrame?> NextAsync(CancellationToken cancel);
}
