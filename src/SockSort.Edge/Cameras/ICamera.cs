namespace SockSort.Edge.Cameras;

/// <summary>A source of frames at a steady rate; one reader at a time.</summary>
public interface ICamera : IAsyncDisposable
{
    /// <summary>The source as it may be shown: without the password and the query of an address.</summary>
    string Name { get; }

    /// <summary>Readable at any time, from any thread.</summary>
    CameraCounts Counts { get; }

    /// <summary>Readable at any time, from any thread.</summary>
    CameraStatus Status { get; }

    /// <summary>Raised once for each picture that cannot be read, before the next frame is handed out.</summary>
    event Action<SkippedPicture>? Skipped;

    /// <summary>Raised when the camera comes, breaks off, is away for another reason, comes back or ends; from any thread.</summary>
    event Action<CameraStatus>? StatusChanged;

    /// <summary>
    /// Waits for the next frame; null when the source has ended. One that breaks off is waited for: see <see cref="CameraStatus"/>.
    /// </summary>
    /// <exception cref="CameraException">The source holds nothing readable, is no camera, or is a file that broke off.</exception>
    ValueTask<CameraFrame?> NextAsync(CancellationToken cancel);
}
