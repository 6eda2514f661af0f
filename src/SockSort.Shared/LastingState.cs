namespace SockSort.Shared;

/// <summary>
/// Tells how something that is tried again and again stands: once of each problem, not at each try, and that it works again where
/// that lasts. A peer that lets us in and closes at the first message would be told of for ever. Thread-safe.
/// </summary>
/// <param name="now">How it stands: null where nothing is to be told yet, a problem of null where all is well.</param>
/// <param name="tell">Told of it, on some thread.</param>
public sealed class LastingState(Func<Standing?> now, Action<Standing> tell, TimeProvider clock) : IDisposable
{
    // What comes up may fail in several ways one after the other; two that take turns are not told for ever.
    private const int MostProblems = 5;

    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly HashSet<Standing> _told = [];
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>Looks at how it stands, after it may have changed.</summary>
    public void Look()
    {
        if (now() is not { } standing)
            return;
        if (standing.Problem is null && HasToldOfProblem())
            LookLater();
        else
            TellOnce(standing);
    }

    /// <summary>It begins anew: what was told is told again.</summary>
    public void Forget()
    {
        lock (_gate)
            _told.Clear();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    private bool HasToldOfProblem()
    {
        lock (_gate)
            return _told.Any(standing => standing.Problem is not null);
    }

    private void LookLater()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _timer ??= clock.CreateTimer(_ => TellIfWell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _ = _timer.Change(Lasting, Timeout.InfiniteTimeSpan);
        }
    }

    private void TellIfWell()
    {
        if (now() is { Problem: null } standing)
            TellOnce(standing);
    }

    private void TellOnce(Standing standing)
    {
        lock (_gate)
        {
            var isWell = standing.Problem is null;
            if (_told.Contains(standing) || (!isWell && _told.Count >= MostProblems))
                return;
            // From well to a problem, and back, everything is news again.
            if (isWell || _told.Any(told => told.Problem is null))
                _told.Clear();
            _ = _told.Add(standing);
        }
        tell(standing);
    }
}

/// <param name="State">In words.</param>
/// <param name="Problem">What is wrong; null where nothing is.</param>
public readonly record struct Standing(string State, string? Problem);
