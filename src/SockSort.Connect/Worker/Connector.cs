using SockSort.Connect.Classes;

namespace SockSort.Connect.Worker;

/// <summary>One connector of the worker. It is changed under the worker's lock, and read without it.</summary>
internal sealed class Connector
{
    // The shortest and the longest pause before missing or wrong secrets are looked up again.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyDictionary<string, string> _written;
    private readonly ConnectorClasses _classes;
    private readonly ConnectorPlace _place;
    private readonly ConnectorLog _log;
    private readonly List<IKept> _toEnd = [];
    private volatile IConnectorTask? _task;
    private volatile IReadOnlyList<string> _topics = [];
    private volatile IConnectorClass? _class;
    private volatile ConnectorCounts _before = ConnectorCounts.None;
    private volatile IReadOnlyList<string> _notes = [];
    private volatile string? _failure;
    private volatile string? _lastError;
    private volatile Target _target = Target.Ended;
    private IDisposable? _refusal;
    private CancellationTokenSource? _retryEnd;
    private Task _retrying = Task.CompletedTask;
    private Task _ending = Task.CompletedTask;

    private enum Target
    {
        Ended,
        Running,
        Paused,
        Stopped,
    }

    /// <param name="written">The configuration as written, with the placeholders of secrets.</param>
    public Connector(string name, IReadOnlyDictionary<string, string> written, ConnectorClasses classes, ConnectorPlace place)
    {
        (Name, _written, _classes, _place) = (name, written, classes, place);
        _log = new ConnectorLog(name, () => Info, place);
    }

    public string Name { get; }

    /// <summary>The notes that do not come from the configuration alone, available after <see cref="Check"/>.</summary>
    public IReadOnlyList<string> StartNotes { get; private set; } = [];

    public bool IsPaused => _target == Target.Paused;

    public bool IsStopped => _target == Target.Stopped;

    /// <summary>The full class name; null where the configuration names no known class.</summary>
    public string? ClassName => _class?.ClassName;

    public ConnectorInfo Info
    {
        get
        {
            var progress = _task?.Progress;
            var counts = progress is null ? _before : _before.Add(progress.Counts);
            var failure = _target == Target.Running ? _failure ?? progress?.Failure : null;
            var state = _target switch
            {
                Target.Paused => ConnectorState.Paused,
                Target.Stopped => ConnectorState.Stopped,
                Target.Ended => ConnectorState.Unassigned,
                _ when failure is not null => ConnectorState.Failed,
                _ => progress?.State ?? ConnectorState.Unassigned,
            };
            return new ConnectorInfo(
                Name, _class?.Kind ?? ConnectorKind.Source, state, _topics, _written, _notes, failure, counts,
                failure ?? progress?.LastError ?? _lastError)
            {
                ClassName = _class?.ClassName,
                HasTask = progress is not null || _target == Target.Paused,
            };
        }
    }

    /// <summary>Returns what an external system keeps for it while it is away; null for nothing.</summary>
    /// <exception cref="ConnectException">The configuration can't be used.</exception>
    public IKept? Kept() => Plan().Kept;

    /// <summary>As <see cref="Kept"/>, or the reason why it is not known.</summary>
    public (IKept? Kept, string? Problem) TryKept()
    {
        try
        {
            return (Kept(), null);
        }
        catch (ConnectException error)
        {
            return (null, error.Message);
        }
    }

    /// <summary>Adds something that an earlier connector has left, and that is deleted when this one starts.</summary>
    public void EndAtStart(IKept kept) => _toEnd.Add(kept);

    /// <exception cref="ConnectException">The configuration can't be used.</exception>
    public void Check() => Note(Plan());

    /// <summary>Starts the connector. Where a secret is missing or wrong, it is in the failed state and retries by itself.</summary>
    public void Start()
    {
        _target = Target.Running;
        _failure = TryBegin();
        if (_failure is not null)
        {
            _retryEnd = new CancellationTokenSource();
            _retrying = Task.Run(() => RetryAsync(_retryEnd.Token));
        }
        EndFormer();
        _log.Begin();
    }

    /// <summary>
    /// Stops carrying records. The broker in this process keeps no session, so it refuses messages until the connector resumes.
    /// </summary>
    public Task PauseAsync() => HoldBackAsync(Target.Paused);

    /// <summary>Stops as <see cref="PauseAsync"/> does, and allows its offsets to be altered.</summary>
    public Task HoldStoppedAsync() => HoldBackAsync(Target.Stopped);

    /// <summary>Ends the connector. Messages to the broker in this process are no longer refused.</summary>
    public async Task EndAsync()
    {
        await StopTaskAsync();
        await _ending;
        _refusal?.Dispose();
        _refusal = null;
        _target = Target.Ended;
        _log.End();
    }

    private async Task HoldBackAsync(Target target)
    {
        // The refusal begins before the task ends, so that the broker acknowledges no message in between.
        var refusal = TryPlan()?.Refuse();
        await StopTaskAsync();
        _refusal?.Dispose();
        _refusal = refusal;
        _target = target;
        _log.End();
    }

    private IConnectorPlan Plan()
    {
        var known = _classes.Of(Name, _written);
        _class = known;
        return known.Plan(Name, known.Config.Read(Name, _written, _place.Secrets));
    }

    private void Note(IConnectorPlan plan)
    {
        StartNotes = plan.StartNotes(_toEnd);
        _notes = [.. plan.Notes, .. StartNotes];
        _topics = plan.Topics;
    }

    /// <returns>The reason why it can't start; null where it has started.</returns>
    private string? TryBegin()
    {
        try
        {
            var plan = Plan();
            Note(plan);
            if (plan.Problem is not { } problem)
            {
                Begin(plan);
                return null;
            }
            // Otherwise the broker would acknowledge messages that nobody takes.
            Refuse(plan);
            return problem;
        }
        catch (ConnectException error)
        {
            return error.Message;
        }
    }

    private void Begin(IConnectorPlan plan)
    {
        _toEnd.AddRange(plan.LeftBehind);
        EndFormer();
        var task = plan.Begin(Plan);
        task.Changed += _log.Look;
        _task = task;
        _refusal?.Dispose();
        _refusal = null;
    }

    private void Refuse(IConnectorPlan plan)
    {
        var refusal = plan.Refuse();
        _refusal?.Dispose();
        _refusal = refusal;
    }

    private async Task RetryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pause = new GrowingPause(FirstPause, LongestPause);
            while (_failure is not null)
            {
                await Task.Delay(pause.Take(), _place.Clock, cancellationToken);
                _lastError = _failure;
                _failure = TryBegin();
                _log.Look();
            }
        }
        catch (OperationCanceledException)
        {
            // The connector was stopped or restarted.
        }
    }

    private void EndFormer()
    {
        if (_toEnd.Count > 0)
            _ending = Task.WhenAll(_ending, EndFormerAsync([.. _toEnd]));
        _toEnd.Clear();
    }

    private async Task EndFormerAsync(IReadOnlyList<IKept> left)
    {
        foreach (var kept in left)
        {
            if (await kept.EndAsync(CancellationToken.None) is not { } problem)
                continue;
            _notes = [.. _notes, problem];
            _place.Events.SessionStays(Name, problem);
        }
    }

    /// <summary>Makes a plan; null where the configuration can't be used.</summary>
    private IConnectorPlan? TryPlan()
    {
        try
        {
            var plan = Plan();
            Note(plan);
            return plan;
        }
        catch (ConnectException)
        {
            return null;
        }
    }

    private async Task StopTaskAsync()
    {
        if (_retryEnd is not null)
        {
            await _retryEnd.CancelAsync();
            await _retrying;
            _retryEnd.Dispose();
            _retryEnd = null;
        }
        if (_task is { } task)
        {
            await task.DisposeAsync();
            task.Changed -= _log.Look;
            var last = task.Progress;
            if (last.Counts.Dropped > 0)
                _place.Events.MessagesLost(Name, last.Counts.Dropped);
            _lastError = last.LastError ?? _lastError;
            _before = _before.Add(last.Counts);
            _task = null;
        }
        _failure = null;
    }
}
