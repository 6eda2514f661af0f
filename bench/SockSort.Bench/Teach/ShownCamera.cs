using System.Threading.Channels;
using SockSort.Edge.Cameras;
using SockSort.Imaging.Synthetic;

namespace SockSort.Bench.Teach;

/// <summary>A camera before which a job holds socks: it gives what it is given, and counts what is overtaken, as a live one does.</summary>
internal sealed class ShownCamera : ICamera
{
    private readonly Channel<CameraFrame> _frames;
    private long _number;
    private long _given;
    private long _dropped;

    public ShownCamera() => _frames = Channel.CreateBounded<CameraFrame>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Interlocked.Increment(ref _dropped));

    /// <inheritdoc/>
    public event Action<SkippedPicture>? Skipped
    {
        add { }
        remove { }
    }

    /// <inheritdoc/>
    public event Action<CameraStatus>? StatusChanged
    {
        add { }
        remove { }
    }

    public string Name => "shown";

    public CameraCounts Counts => new(Interlocked.Read(ref _given), Skipped: 0, Interlocked.Read(ref _dropped));

    public CameraStatus Status { get; } = new(CameraState.Live, DateTimeOffset.UtcNow);

    /// <summary>The newest frame's number; 0 before the first.</summary>
    public long LastNumber => Interlocked.Read(ref _number);

    /// <summary>Holds what was drawn before the camera.</summary>
    /// <returns>The frame's number.</returns>
    public long Show(LabelledFrame drawn)
    {
        var number = ++_number;
        _ = _frames.Writer.TryWrite(new CameraFrame(number, $"shown#{number}", DateTimeOffset.UtcNow, drawn.Frame, drawn.Label));
        return number;
    }

    public async ValueTask<CameraFrame?> NextAsync(CancellationToken cancel)
    {
        var frame = await _frames.Reader.ReadAsync(cancel);
        _ = Interlocked.Increment(ref _given);
        return frame;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
