namespace SockSort.Edge.Cameras;

/// <summary>A source of frames at a steady rate; one reader at a time.</summary>
public interface ICamera : IAsyncDisposable
{
    /// <summary>The source as it may be shown: without the password and the query of an address.</summary>
    string Name { get; }

    /// <summary>Readable at any time, from any thread.</summary>
    CameraCounts Counts { get; }

    /// <summary>Raised once for each picture that cannot be read, before the next frame is handed out.</summary>
    event Action<SkippedPicture>? Skipped;

    /// <summary>Waits for the next frame; null when the source has ended.</summary>
    /// <exception cref="CameraException">The source gave no frame in time, broke off, or holds nothing readable.</exception>
    ValueTask<CameraFrame?> NextAsync(CancellationToken cancel);
}
