using Microsoft.Extensions.Logging;

namespace SockSort.Mqtt.Broker.Keeping;

/// <summary>
/// Keeps a broker's sessions and retained messages in a folder: each change is handed over at once, and a thread of its own writes what
/// has come together. Thread-safe, except <see cref="Found"/>.
/// </summary>
/// <remarks>
/// The thread applies the changes to a state of its own as it writes them, so that it can write the file anew without asking the broker.
/// While the disk is full nothing that asks to be on disk is acknowledged; the rest goes on in memory, and is written when there is room.
/// </remarks>
internal sealed class StateJournal : IDisposable
{
    private readonly StateFile _file;
    private readonly KeptState _state;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Thread _thread;
    private List<StateChange> _changes = [];
    private TaskCompletionSource? _written;
    private TaskCompletionSource? _synced;
    private bool _isBeat;
    private bool _isEnding;
    private volatile string? _problem;

    /// <param name="folder">Made where it is missing.</param>
    /// <exception cref="MqttException">The folder or its file can't be read.</exception>
    public StateJournal(string folder, TimeProvider time, ILogger log)
    {
        _log = log;
        _file = new StateFile(folder, Clock = new KeptClock(time));
        _state = _file.Found.State;
        if (_file.PutAsideAs is { } aside)
            log.StateDamaged(_file.FilePath, _file.Found.BrokenAt ?? 0, aside);
        _thread = new Thread(Run) { IsBackground = true, Name = "broker's state" };
    }

    /// <summary>What an earlier start has left; read it before <see cref="Start"/>.</summary>
    public KeptState Found => _state;

    public KeptClock Clock { get; }

    /// <summary>Why the state can't be written at the moment; null = it can.</summary>
    public string? Problem => _problem;

    /// <summary>Writes from here on.</summary>
    public void Start() => _thread.Start();

    /// <summary>Hands over a change. Those of one session or topic are to come in their order.</summary>
    public void Add(StateChange change)
    {
        bool isFirst;
        lock (_gate)
        {
            _changes.Add(change);
            isFirst = _changes.Count == 1;
        }
        if (isFirst)
            _ = _wake.Release();
    }

    /// <summary>Completes when all that was added before is on disk; fails where it can't be written.</summary>
    public Task SyncedAsync()
    {
        lock (_gate)
            return WaiterIn(ref _synced);
    }

    /// <summary>Completes when all that was added before survives the process, or can't be written for now.</summary>
    public Task WrittenAsync()
    {
        lock (_gate)
            return WaiterIn(ref _written);
    }

    /// <summary>Called once a second: what was only written is synced, and a file that could not be written is tried again.</summary>
    public void Beat()
    {
        lock (_gate)
            _isBeat = true;
        _ = _wake.Release();
    }

    /// <summary>Writes the rest, and ends.</summary>
    public void Dispose()
    {
        lock (_gate)
            _isEnding = true;
        _ = _wake.Release();
        if (_thread.IsAlive)
            _thread.Join();
        _file.Dispose();
    }

    private Task WaiterIn(ref TaskCompletionSource? waiter)
    {
        if (waiter is null)
        {
            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = _wake.Release();
        }
        return waiter.Task;
    }

    private void Run()
    {
        Renew();
        Work work;
        do
        {
            _wake.Wait();
            work = Take();
            Do(work);
        }
        while (!work.IsLast);
    }

    private Work Take()
    {
        lock (_gate)
        {
            var work = new Work(_changes, _written, _synced, _isBeat, _isEnding);
            if (_changes.Count > 0)
                _changes = [];
            (_written, _synced, _isBeat) = (null, null, false);
            return work;
        }
    }

    private void Do(Work work)
    {
        work.Changes.ForEach(_state.Apply);
        if (_problem is null)
            Attempt(() => Write(work));
        else if (work.IsBeat || work.IsLast)
            Renew();
        _ = work.Written?.TrySetResult();
        if (_problem is null)
            _ = work.Synced?.TrySetResult();
        else
            _ = work.Synced?.TrySetException(new IOException($"the broker's sessions can't be kept: {_problem}"));
    }

    private void Write(Work work)
    {
        if (work.Changes.Count > 0)
            _file.Add(work.Changes);
        if (work.Synced is not null || work.IsBeat || work.IsLast)
            _file.Sync();
        if (_file.IsWorn)
            _file.Renew(_state);
    }

    private void Renew() => Attempt(() => _file.Renew(_state));

    private void Attempt(Action write)
    {
        try
        {
            write();
            if (_problem is not null)
                _log.StateWritten(_file.FilePath);
            _problem = null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (_problem is null)
                _log.StateNotWritten(_file.FilePath, error.Message);
            _problem = error.Message;
            _file.GiveUp();
        }
    }

    private sealed record Work(
        List<StateChange> Changes, TaskCompletionSource? Written, TaskCompletionSource? Synced, bool IsBeat, bool IsLast);
}
