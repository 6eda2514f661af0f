namespace SockSort.Log;

/// <summary>Signals the writer's commits to the readers in the same process.</summary>
internal sealed class CommitSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version;

    /// <summary>The number of commits so far. Read it before the data whose version it stands for.</summary>
    public long Version => Interlocked.Read(ref _version);

    public void Raise()
    {
        TaskCompletionSource done;
        lock (_gate)
        {
            _ = Interlocked.Increment(ref _version);
            (done, _next) = (_next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        done.SetResult();
    }

    /// <summary>Completes as soon as <see cref="Version"/> differs from the given one.</summary>
    public Task WaitAsync(long version, CancellationToken cancellationToken)
    {
        lock (_gate)
            return _version != version ? Task.CompletedTask : _next.Task.WaitAsync(cancellationToken);
    }
}
