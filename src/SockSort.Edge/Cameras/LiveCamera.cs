using System.Threading.Channels;
using SockSort.Edge.Cameras.Sources;

namespace SockSort.Edge.Cameras;

/// <summary>
/// Reads a source whose time goes on whether we look or not (device, network camera): always keeps the newest frame,
/// and drops and counts those that were overtaken.
/// </summary>
internal sealed class LiveCamera : ICamera
{
    private readonly PictureFlow _flow;
    private readonly CameraOptions _options;
    private readonly Channel<CameraFrame> _newest;
    private readonly CancellationTokenSource _stop = new();
    private Task? _reading;
    private long _taken;
    private long _dropped;

    public LiveCamera(IPictureSource source, CameraOptions options)
    {
        _options = options;
        _flow = new PictureFlow(source, options with { Loop = false });
        _newest = Channel.CreateBounded<CameraFrame>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleWriter = true },
            _ => Interlocked.Increment(ref _dropped));
    }

    public event Action<SkippedPicture>? Skipped
    {
        add => _flow.Skipped += value;
        remove => _flow.Skipped -= value;
    }

    public string Name => _flow.Source.Name;

    public CameraCounts Counts => new(Interlocked.Read(ref _taken), _flow.SkippedCount, Interlocked.Read(ref _dropped));

    public async ValueTask<CameraFrame?> NextAsync(CancellationToken cancel)
    {
        // Reading starts with the first look, so that nothing is dropped while the model is still being loaded.
        _reading ??= ReadAllAsync(_stop.Token);
        try
        {
            var frame = await _newest.Reader.ReadAsync(cancel);
            Interlocked.Increment(ref _taken);
            return frame;
        }
        catch (ChannelClosedException closed) when (closed.InnerException is CameraException error)
        {
            throw error;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_reading is not null)
            await _reading;
        await _flow.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ReadAllAsync(CancellationToken cancel)
    {
        try
        {
            while (await _flow.NextAsync(cancel) is { } picture)
                _newest.Writer.TryWrite(new CameraFrame(_flow.Read, picture.Name, _options.Time.GetUtcNow(), picture.Picture!, picture.Truth));
            _newest.Writer.Complete(CameraErrors.Ended(Name, _flow.Read));
        }
        catch (Exception error)
        {
            _newest.Writer.Complete(error);
        }
    }
}
