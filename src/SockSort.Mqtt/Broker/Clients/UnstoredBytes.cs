namespace SockSort.Mqtt.Broker.Clients;

/// <summary>
/// The bytes of all clients' messages that wait for their store, about: beyond the limit no client that has some there is read.
/// Thread-safe.
/// </summary>
internal sealed class UnstoredBytes(long most)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _room;
    private long _bytes;

    /// <summary>Completes when there is room.</summary>
    public Task RoomAsync()
    {
        lock (_gate)
        {
            if (_bytes < most)
                return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    public void Add(long bytes)
    {
        lock (_gate)
            _bytes += bytes;
    }

    public void Remove(long bytes)
    {
        TaskCompletionSource? waiters = null;
        lock (_gate)
        {
            _bytes -= bytes;
            if (_bytes < most)
                (waiters, _room) = (_room, null);
        }
        waiters?.SetResult();
    }
}

/// <summary>One client's part of them. A client without any is always read, so that none is held up for good.</summary>
internal sealed class UnstoredShare(UnstoredBytes all)
{
    private long _own;

    /// <summary>Completes when the client may be read.</summary>
    public Task RoomAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Read(ref _own) == 0)
            return Task.CompletedTask;
        var room = all.RoomAsync();
        return room.IsCompleted ? room : room.WaitAsync(cancellationToken);
    }

    /// <summary>Counts bytes until they are stored.</summary>
    public void Hold(long bytes, Task stored)
    {
        if (stored.IsCompleted)
            return;
        _ = Interlocked.Add(ref _own, bytes);
        all.Add(bytes);
        stored.GetAwaiter().UnsafeOnCompleted(() =>
        {
            _ = Interlocked.Add(ref _own, -bytes);
            all.Remove(bytes);
        });
    }
}
