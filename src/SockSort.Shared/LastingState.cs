namespace SockSort.Shared;

/// <summary>
/// Reports the state of something that is retried again and again: each problem once instead of at each retry, and recovery only once it
/// lasts. Otherwise a peer that accepts a connection and closes it at the first message would be reported forever. Thread-safe.
/// </summary>
/// <param name="now">Returns the current state: null if there is nothing to report yet, a null problem if all is well.</param>
/// <param name="report">Receives each state to report, on any thread.</param>
public sealed class LastingState(Func<Standing?> now, Action<Standing> report, TimeProvider clock) : IDisposable
{
    // A peer that starts up may fail in several ways in turn; two alternating problems must not be reported forever.
    private const int MostProblems = 5;

    private static readonly TimeSpan StableTime = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly HashSet<Standing> _reported = [];
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>Checks the state; call this after it may have changed.</summary>
    public void Check()
    {
        if (now() is not { } standing)
            return;
        if (standing.Problem is null && HasReportedProblem())
            CheckLater();
        else
            ReportOnce(standing);
    }

    /// <summary>Starts over: states that were reported before are reported again.</summary>
    public void Reset()
    {
        lock (_gate)
            _reported.Clear();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    private bool HasReportedProblem()
    {
        lock (_gate)
            return _reported.Any(standing => standing.Problem is not null);
    }

    private void CheckLater()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _timer ??= clock.CreateTimer(_ => ReportIfWell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _ = _timer.Change(StableTime, Timeout.InfiniteTimeSpan);
        }
    }

    private void ReportIfWell()
    {
        if (now() is { Problem: null } standing)
            ReportOnce(standing);
    }

    private void ReportOnce(Standing standing)
    {
        lock (_gate)
        {
            var isWell = standing.Problem is null;
            if (_reported.Contains(standing) || (!isWell && _reported.Count >= MostProblems))
                return;
            // After a change between well and failing, every state counts as new.
            if (isWell || _reported.Any(reported => reported.Problem is null))
                _reported.Clear();
            _ = _reported.Add(standing);
        }
        report(standing);
    }
}

/// <summary>A state to report.</summary>
/// <param name="State">The state in words.</param>
/// <param name="Problem">What is wrong; null if nothing is.</param>
public readonly record struct Standing(string State, string? Problem);
