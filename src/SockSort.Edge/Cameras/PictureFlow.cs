using SockSort.Edge.Cameras.Sources;

namespace SockSort.Edge.Cameras;

/// <summary>
/// Delivers the readable pictures of a source one after the other: reports and counts those that cannot be read, starts again if that is
/// configured, and gives up when nothing comes in time.
/// </summary>
/// <remarks>After an error the next call reopens the source.</remarks>
internal sealed class PictureFlow(IPictureSource source, CameraOptions options) : IAsyncDisposable
{
    private readonly Dictionary<string, SkippedPicture> _skipped = [];
    private readonly Patience _patience = new(options.FrameTimeout);
    private CancellationTokenSource? _passCancel;
    private IAsyncEnumerator<SourcePicture>? _pass;
    private long _readInPass;

    public event Action<SkippedPicture>? Skipped;

    public IPictureSource Source { get; } = source;

    /// <summary>Pictures handed out over all passes.</summary>
    public long Read { get; private set; }

    /// <summary>Pictures that could not be read, over all passes. A picture of a source that ends counts once.</summary>
    public long SkippedCount { get; private set; }

    /// <summary>Waits for the next readable picture; null at the end.</summary>
    public async ValueTask<SourcePicture?> NextAsync(CancellationToken cancel)
    {
        var asked = options.Time.GetTimestamp();
        while (await AdvanceAsync(asked, cancel))
        {
            var picture = _pass!.Current;
            if (ReferenceEquals(picture, SourcePicture.SignOfLife))
            {
                asked = options.Time.GetTimestamp();
                continue;
            }
            if (picture.Problem is null)
            {
                // The first picture of a pass also waits for the source to open, so its time is no interval.
                if (_readInPass > 0)
                    _patience.Observe(options.Time.GetElapsedTime(asked));
                _readInPass++;
                Read++;
                return picture;
            }
            Skip(new SkippedPicture(picture.Name, picture.Problem));
        }
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await EndPassAsync();
        await Source.DisposeAsync();
    }

    private async ValueTask<bool> AdvanceAsync(long asked, CancellationToken cancel)
    {
        try
        {
            if (await MoveNextAsync(asked, cancel))
                return true;
            // A pass without a picture would be repeated for ever, so it is an error.
            if (_readInPass == 0)
                throw _skipped.Count > 0 ? CameraErrors.NothingReadable(Source.Name, _skipped.Values) : CameraErrors.NoFrame(Source.Name);
            await EndPassAsync();
            return options.Loop && await MoveNextAsync(asked, cancel);
        }
        catch
        {
            await EndPassAsync();
            throw;
        }
    }

    private async ValueTask<bool> MoveNextAsync(long asked, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (_pass is null)
            BeginPass();
        var limit = LimitSince(asked);
        _passCancel!.CancelAfter(limit);
        await using var stop = cancel.Register(static pass => ((CancellationTokenSource)pass!).Cancel(), _passCancel);
        try
        {
            return await _pass!.MoveNextAsync();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw CameraErrors.TimedOut(Source.Name, Source.Reopens ? _patience.Limit : limit, Source.Reopens);
        }
        finally
        {
            _passCancel.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    private TimeSpan LimitSince(long asked)
    {
        if (Source.MayBeSilent)
            return Timeout.InfiniteTimeSpan;
        if (!Source.Reopens)
            return options.FrameTimeout;
        // Damaged pictures do not extend the time limit: they do not show that the camera works.
        var left = _patience.Limit - options.Time.GetElapsedTime(asked);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
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
        // A source without an end does not show the same picture again, and remembering its names would fill the memory.
        if (!Source.Reopens && !_skipped.TryAdd(picture.Name, picture))
            return;
        SkippedCount++;
        Skipped?.Invoke(picture);
    }
}
