
namespace SockSort.Mqtt.Receiving;

/// <summary>
/// Room for the messages that were taken and are not handled yet, by number and by bytes: the reader of a connection waits for it
/// before it takes the next one, and so the broker has to wait as well. One reader waits at a time.
/// </summary>
internal sealed class PendingRoom(int maxMessages, long maxBytes)
{
    private readonly Lock _lock = new();
    private int _messages;
    private long _bytes;
    private long _wantedBytes;
    private TaskCompletionSource? _waiting;

    public bool IsWaitedFor => Volatile.Read(ref _waiting) is not null;

    /// <summary>Takes room for one message; one alone always finds it.</summary>
    public Task TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            if (TryTake(bytes))
                return Task.CompletedTask;
            _wantedBytes = bytes;
            _waiting = waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        return WaitAsync(waiting, cancellationToken);
    }

    public void Free(int messages, long bytes)
    {
        lock (_lock)
        {
            _messages -= messages;
            _bytes -= bytes;
            if (_waiting is null || !TryTake(_wantedBytes))
                return;
            _waiting.SetResult();
            _waiting = null;
        }
    }

    private async Task WaitAsync(TaskCompletionSource waiting, CancellationToken cancellationToken)
    {
        try
        {
            await waiting.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            GiveBack(waiting);
            throw;
        }
    }

    // The room may have been found in the same moment.
    private void GiveBack(TaskCompletionSource waiting)
    {
        lock (_lock)
        {
            if (_waiting == waiting)
                _waiting = null;
            if (!waiting.Task.IsCompleted)
                return;
        }
        Free(1, _wantedBytes);
    }

    private bool TryTake(long bytes)
    {
        if (_messages >= maxMessages || (_messages > 0 && _bytes + bytes > maxBytes))
            return false;
        _messages++;
        _bytes += bytes;
        return true;
    }
}
