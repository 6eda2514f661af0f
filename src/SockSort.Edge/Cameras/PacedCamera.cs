using SockSort.Edge.Cameras.Sources;

namespace SockSort.Edge.Cameras;

/// <summary>
/// Reads a source that waits for its reader and comes to an end (files, synthetic socks). A slow reader slows it down, and no picture is
/// lost.
/// </summary>
/// <remarks>
/// With <see cref="CameraOptions.SceneTime"/> a synthetic scene does not wait: frames that its reader misses are never drawn.
/// </remarks>
internal sealed class PacedCamera(IPictureSource source, CameraOptions options) : ICamera
{
    private readonly PictureFlow _flow = new(source, options);
    private readonly Pacer _pacer = new(options.Fps, options.Time);
    private readonly StatusTeller _teller = new(options.Time);

    public event Action<SkippedPicture>? Skipped
    {
        add => _flow.Skipped += value;
        remove => _flow.Skipped -= value;
    }

    public event Action<CameraStatus>? StatusChanged
    {
        add => _teller.Changed += value;
        remove => _teller.Changed -= value;
    }

    public string Name => _flow.Source.Name;

    public CameraCounts Counts => new(_flow.Read, _flow.SkippedCount, source.Missed, source.Damaged);

    public CameraStatus Status => _teller.Status;

    public async ValueTask<CameraFrame?> NextAsync(CancellationToken cancel)
    {
        if (await _flow.NextAsync(cancel) is not { } picture)
        {
            _teller.Tell(CameraState.Ended);
            return null;
        }
        await _pacer.WaitAsync(cancel);
        _teller.Tell(CameraState.Live);
        return new CameraFrame(_flow.Read, picture.Name, options.Time.GetUtcNow(), picture.Picture!, picture.Truth);
    }

    public ValueTask DisposeAsync() => _flow.DisposeAsync();
}
