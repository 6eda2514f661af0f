using System.ComponentModel;
using System.Threading.Channels;
using SockSort.Edge.Cameras.Browser;
using SockSort.Edge.Cameras.Sources;
using SockSort.Imaging;
using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras;

/// <summary>
/// Reads a source that may come back after it broke off (device, network camera, followed folder): reopens it for ever. If the source is
/// live, its newest frame is handed out whenever one is due.
/// </summary>
internal sealed class LiveCamera : ICamera
{
    private readonly IPictureSource _source;
    private readonly PictureFlow _flow;
    private readonly CameraOptions _options;
    private readonly Pacer _pacer;
    private readonly StatusTeller _teller;
    private readonly ReopenDelay _delay = new();
    private readonly Channel<Arrival> _newest = Channel.CreateBounded<Arrival>(new BoundedChannelOptions(1) { SingleWriter = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _due = new();
    private Task? _reading;
    private TimeSpan _nextDue;
    private long _taken;
    private long _dropped;
    private long _damaged;
    private long _reopened;

    public LiveCamera(IPictureSource source, CameraOptions options)
    {
        (_source, _options) = (source, options);
        _flow = new PictureFlow(source, options);
        _pacer = new Pacer(options.Fps, options.Time);
        _teller = new StatusTeller(options.Time);
    }

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

    public string Name => _source.Name;

    public CameraStatus Status => _teller.Status;

    public BrowserFeed? Feed => _source.Feed;

    public CameraCounts Counts => new(
        Interlocked.Read(ref _taken),
        _flow.SkippedCount,
        _source.Missed + Interlocked.Read(ref _dropped),
        _source.Damaged + Interlocked.Read(ref _damaged),
        Interlocked.Read(ref _reopened));

    public async ValueTask<CameraFrame?> NextAsync(CancellationToken cancel)
    {
        // Reading starts with the first call, so that nothing is dropped while the model is still being loaded.
        _reading ??= ReadAllAsync(_stop.Token);
        await _pacer.WaitAsync(cancel);
        while (await _newest.Reader.WaitToReadAsync(cancel))
        {
            if (!_newest.Reader.TryRead(out var arrival) || await DecodeAsync(arrival.Picture) is not { } picture)
                continue;
            lock (_due)
                _nextDue = _pacer.Due;
            Interlocked.Increment(ref _taken);
            return new CameraFrame(arrival.Number, arrival.Picture.Name, arrival.At, picture, arrival.Picture.Truth);
        }
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_reading is not null)
            await _reading;
        await _flow.DisposeAsync();
        _stop.Dispose();
    }

    private async ValueTask<Frame?> DecodeAsync(SourcePicture picture)
    {
        if (picture.Picture is { } decoded)
            return decoded;
        try
        {
            return await Task.Run(picture.Decode);
        }
        catch (PictureException)
        {
            Interlocked.Increment(ref _damaged);
            return null;
        }
    }

    private async Task ReadAllAsync(CancellationToken cancel)
    {
        try
        {
            while (!await TryReadToEndAsync(cancel))
                await Task.Delay(_delay.Next(), _options.Time, cancel);
            _teller.Tell(CameraState.Ended);
            _newest.Writer.Complete();
        }
        catch (Exception error)
        {
            _newest.Writer.Complete(error);
        }
    }

    /// <returns>False if the source broke off and must be reopened.</returns>
    private async Task<bool> TryReadToEndAsync(CancellationToken cancel)
    {
        try
        {
            for (var isFirst = true; await _flow.NextAsync(cancel) is { } picture; isFirst = false)
            {
                if (isFirst)
                    TellLive();
                await TakeInAsync(new Arrival(_flow.Read, _options.Time.GetUtcNow(), picture), cancel);
            }
            return true;
        }
        catch (Exception error) when (MayHeal(error))
        {
            _teller.TellAway(error is CameraException told ? told.Problem : error.Message);
            return false;
        }
    }

    private bool MayHeal(Exception error) => error switch
    {
        CameraException camera => !camera.NeedsUser || _flow.Read > 0,
        _ => error is IOException or Win32Exception or UnauthorizedAccessException,
    };

    private void TellLive()
    {
        _delay.Reset();
        if (_flow.Read > 1)
            Interlocked.Increment(ref _reopened);
        _teller.Tell(CameraState.Live);
    }

    private async ValueTask TakeInAsync(Arrival arrival, CancellationToken cancel)
    {
        if (!_source.IsLive)
        {
            await _newest.Writer.WriteAsync(arrival, cancel);
            return;
        }
        while (!_newest.Writer.TryWrite(arrival))
        {
            if (_newest.Reader.TryRead(out _))
                CountIfMissed();
        }
    }

    /// <summary>Counts an overtaken frame as dropped, but only if a frame was due and none was taken before the next one was due.</summary>
    private void CountIfMissed()
    {
        lock (_due)
        {
            if (_pacer.Now < _nextDue + _pacer.Interval)
                return;
            _nextDue += _pacer.Interval;
        }
        Interlocked.Increment(ref _dropped);
    }

    /// <param name="Number">Number of the frame, as in <see cref="CameraFrame.Number"/>.</param>
    /// <param name="At">When the picture arrived, UTC.</param>
    /// <param name="Picture">A readable picture, decoded or still encoded.</param>
    private sealed record Arrival(long Number, DateTimeOffset At, SourcePicture Picture);
}
