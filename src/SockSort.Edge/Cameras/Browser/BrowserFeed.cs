namespace SockSort.Edge.Cameras.Browser;

/// <summary>
/// Where the page on a phone meets the camera that it feeds: the newest picture that the page has sent, and the way back to the page.
/// Thread-safe.
/// </summary>
/// <remarks>One phone feeds it at a time; the newest one takes over, because it is the one in somebody's hand.</remarks>
public sealed class BrowserFeed
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private BrowserPicture? _newest;
    private BrowserLine? _line;
    private TaskCompletionSource _changed = NewSignal();
    private long _received;
    private long _dropped;
    private long _leftAt;

    internal BrowserFeed(double fps, TimeProvider time) => (Fps, _time) = (fps, time);

    /// <summary>Pictures per second that the page is asked for; 0 for as many as are taken.</summary>
    public double Fps { get; }

    /// <summary>Whether a phone is connected now.</summary>
    public bool IsConnected
    {
        get
        {
            lock (_gate)
                return _line is not null;
        }
    }

    /// <summary>What the user should do so that pictures come; null while a phone is connected.</summary>
    public string? Hint => IsConnected ? null : "no phone is connected: open /phone of the live view's address on it";

    /// <summary>Pictures that were replaced by a newer one before the camera took them.</summary>
    internal long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Completes at the next picture, and when a phone comes or goes.</summary>
    internal Task Changed
    {
        get
        {
            lock (_gate)
                return _changed.Task;
        }
    }

    /// <summary>Time since the last phone has gone; null while one is connected.</summary>
    internal TimeSpan? GoneFor
    {
        get
        {
            lock (_gate)
                return _line is null ? _time.GetElapsedTime(_leftAt) : null;
        }
    }

    /// <summary>Connects a phone. One that is connected already is told that it was taken over.</summary>
    internal BrowserLine Connect()
    {
        var line = new BrowserLine();
        BrowserLine? before;
        lock (_gate)
            (before, _line) = (_line, line);
        before?.End(BrowserEnd.TakenOver);
        line.Tell(new BrowserMessage { Fps = Fps });
        Signal();
        return line;
    }

    /// <summary>Takes note that a phone has gone; nothing happens if another one has taken over.</summary>
    internal void Disconnect(BrowserLine line)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_line, line))
                return;
            (_line, _leftAt) = (null, _time.GetTimestamp());
        }
        Signal();
    }

    /// <summary>Takes a message of a phone; one of a phone that was taken over is left out.</summary>
    internal void Give(BrowserLine line, byte[] bytes, bool isText)
    {
        long number;
        lock (_gate)
        {
            if (!ReferenceEquals(_line, line))
                return;
            number = ++_received;
            if (_newest is not null)
                _dropped++;
            _newest = new BrowserPicture(number, bytes, isText);
        }
        line.Tell(new BrowserMessage { Taken = number });
        Signal();
    }

    /// <summary>Takes the newest picture; null if there is none that was not taken.</summary>
    internal BrowserPicture? TryTake()
    {
        lock (_gate)
        {
            var picture = _newest;
            _newest = null;
            return picture;
        }
    }

    /// <summary>Tells the phone that is connected now.</summary>
    internal void Tell(BrowserMessage message)
    {
        lock (_gate)
            _line?.Tell(message);
    }

    /// <summary>Tells the phone what is on the newest of its pictures.</summary>
    internal void Answer(string label, double percent, DateTimeOffset capturedAt) => Tell(new BrowserMessage
    {
        Label = label,
        Probability = Math.Round(percent, 2),
        DelayMs = Math.Max(0, (long)(_time.GetUtcNow() - capturedAt).TotalMilliseconds),
    });

    private void Signal()
    {
        TaskCompletionSource changed;
        lock (_gate)
            (changed, _changed) = (_changed, NewSignal());
        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
