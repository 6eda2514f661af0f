using SockSort.Edge.Cameras.Sources;

namespace SockSort.Edge.Cameras;

/// <summary>
/// The readable pictures of a source, one after the other: names and counts those that cannot be read, begins again
/// where that is asked for, and gives up when nothing comes in time.
/// </summary>
internal sealed class PictureFlow(IPictureSource source, CameraOptions options) : IAsyncDisposable
{
    private readonly Dictionary<string, SkippedPicture> _skipped = [];
    private CancellationTokenSource? _passCancel;
    private IAsyncEnumerator<SourcePicture>? _pass;
    private long _readInPass;

    public event Action<SkippedPicture>? Skipped;

    public IPictureSource Source { get; } = source;

    /// <summary>Pictures handed out over all passes.</summary>
    public long Read { get; private set; }

    /// <summary>Pictures that could not be read, over all passes, each once.</summary>
    public long SkippedCount { get; private set; }

    /// <summary>The next picture that can be read; null at the end.</summary>
    public async ValueTask<SourcePicture?> NextAsync(CancellationToken cancel)
    {
        while (await AdvanceAsync(cancel))
        {
            var picture = _pass!.Current;
            if (picture.Picture is not null)
            {
                _readInPass++;
                Read++;
                return picture;
            }
            Skip(new SkippedPicture(picture.Name, picture.Problem ?? "unreadable"));
        }
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await EndPassAsync();
        await Source.DisposeAsync();
    }

    private async ValueTask<bool> AdvanceAsync(CancellationToken cancel)
    {
        if (await MoveNextAsync(cancel))
            return true;
        // A pass without a picture would be repeated for ever.
        if (_readInPass == 0)
            throw _skipped.Count > 0 ? CameraErrors.NothingReadable(Source.Name, _skipped.Values) : CameraErrors.NoFrame(Source.Name);
        await EndPassAsync();
        return options.Loop && await MoveNextAsync(cancel);
    }

    private async ValueTask<bool> MoveNextAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (_pass is null)
            BeginPass();
        _passCancel!.CancelAfter(options.FrameTimeout);
        await using var stop = cancel.Register(static pass => ((CancellationTokenSource)pass!).Cancel(), _passCancel);
        try
        {
            return await _pass!.MoveNextAsync();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw CameraErrors.TimedOut(Source.Name, options.FrameTimeout);
        }
        finally
        {
            _passCancel.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    private void BeginPass()
    {
        _readInPass = 0;
        _passCancel = new CancellationTokenSource(Timeout.InfiniteTimeSpan, options.Time);
        _pass = Source.ReadAsync(_passCancel.Token).GetAsyncEnumerator();
    }

    private async ValueTask EndPassAsync()
    {
        if (_pass is null)
            return;
        await _passCancel!.CancelAsync();
        await _pass.DisposeAsync();
        _passCancel.Dispose();
        _pass = null;
    }

    private void Skip(SkippedPicture picture)
    {
        if (!_skipped.TryAdd(picture.Name, picture))
            return;
        SkippedCount++;
        Skipped?.Invoke(picture);
    }
}
