using SockSort.Mqtt.Publishing.Buffering;

namespace SockSort.Mqtt.Publishing;

/// <summary>
/// The messages that a publisher still has to deliver to its broker, in order. They are in memory; with a disk buffer, the first ones are
/// in memory and the rest is on disk only. Thread-safe.
/// </summary>
/// <param name="backlog">The disk buffer; null where all messages are in memory.</param>
internal sealed class Outbox(int maxMessages, TimeProvider clock, Backlog? backlog = null) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<OutboxMessage> _waiting = new();
    private readonly LinkedList<OutboxMessage> _inFlight = new();
    private TaskCompletionSource _empty = Begun(isDone: backlog?.HasUnread != true);
    private TaskCompletionSource _filled = Begun();

    private bool _isDisposed;

    // The first position that was never sent; a message below it counts as sent again.
    private long _sentUpTo;

    public long Enqueued { get; private set; }

    public long Dropped { get; private set; }

    public long Acknowledged { get; private set; }

    public long Rejected { get; private set; }

    public long Resent { get; private set; }

    /// <summary>The reason why the latest message could not be written to disk, and is in memory only; null where it was written.</summary>
    public string? DiskProblem { get; private set; }

    public int Waiting => Guarded(() => _waiting.Count + (int)(backlog?.Unread ?? 0));

    public int InFlight => Guarded(() => _inFlight.Count);

    /// <summary>The state of the disk buffer; null where there is none.</summary>
    public BufferStatus? Buffer => backlog is null
        ? null
        : Guarded(() => new BufferStatus(backlog.Restored, backlog.Unconfirmed, backlog.Bytes, backlog.Torn, DiskProblem));

    /// <summary>Completes while no message waits or is in flight.</summary>
    public Task Empty => Guarded(() => _empty.Task);

    /// <summary>Completes while a message waits to be sent.</summary>
    public Task Filled => Guarded(() => HasWaiting ? Task.CompletedTask : _filled.Task);

    /// <summary>Topic of the oldest message in flight; null where none is.</summary>
    public string? TopicInFlight => Guarded(() => _inFlight.First?.Value.Topic);

    /// <summary>How long the oldest message in flight has waited for its acknowledgement; zero where none is.</summary>
    public TimeSpan LongestInFlight => Guarded(() =>
        _inFlight.First is { } node ? clock.GetElapsedTime(node.Value.SentAt) : TimeSpan.Zero);

    private bool HasWaiting => _waiting.Count > 0 || backlog?.HasUnread == true;

    private bool IsFull => _waiting.Count + _inFlight.Count >= maxMessages;

    /// <summary>Adds a message; false where it was dropped.</summary>
    public bool Add(OutboxMessage message)
    {
        lock (_gate)
        {
            Enqueued++;
            var isKept = TryBuffer(message) || AddToMemory(message);
            Tell();
            return isKept;
        }
    }

    /// <summary>Takes the next message to send, which is in flight from now on; null where none waits.</summary>
    public LinkedListNode<OutboxMessage>? Take()
    {
        lock (_gate)
        {
            var node = TakeFirst();
            if (node is null)
            {
                _filled = Begun();
                Tell();
                return null;
            }
            _inFlight.AddLast(node);
            var message = node.Value;
            if (message.WasSent || message.Position < _sentUpTo)
                Resent++;
            if (message.Position >= _sentUpTo)
                _sentUpTo = message.Position.Value + 1;
            (message.WasSent, message.SentAt) = (true, clock.GetTimestamp());
            return node;
        }
    }

    public void Settle(LinkedListNode<OutboxMessage> node, bool accepted)
    {
        lock (_gate)
        {
            if (node.List != _inFlight)
                return;
            _inFlight.Remove(node);
            if (!accepted)
                Rejected++;
            else if (!node.Value.WasAcknowledged)
                Acknowledged++;
            if (node.Value.Position is { } position)
                SettleOnDisk(position, accepted);
            Tell();
        }
    }

    /// <summary>Called after a lost connection: messages in flight return to the front of the queue, in order.</summary>
    public void Return()
    {
        lock (_gate)
        {
            while (_inFlight.Last is { } node)
            {
                _inFlight.Remove(node);
                _waiting.AddFirst(node);
            }
            if (backlog is not null)
            {
                // All messages on disk are read from there again.
                RemoveWaiting(message => message.Position is { } position && backlog.Has(position));
                backlog.Rewind();
            }
            Tell();
        }
    }

    /// <summary>Settles the messages that a receipt confirms.</summary>
    public void Confirm(Receipt receipt)
    {
        lock (_gate)
        {
            if (backlog is null)
                return;
            foreach (var (first, last) in backlog.Confirm(receipt))
            {
                var inFlight = _inFlight.Count(message => message.Position >= first && message.Position <= last);
                Acknowledged += last - first + 1 - inFlight;
                RemoveWaiting(message => message.Position >= first && message.Position <= last);
            }
            Tell();
        }
    }

    /// <summary>Called periodically to check for messages on disk that have waited too long.</summary>
    public void Look()
    {
        lock (_gate)
        {
            backlog?.Look();
            Tell();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            backlog?.Dispose();
        }
    }

    private bool TryBuffer(OutboxMessage message)
    {
        if (backlog is null || _isDisposed)
            return false;
        try
        {
            var isTaken = !backlog.HasUnread && !IsFull;
            foreach (var gone in backlog.Add(message, isTaken))
            {
                Dropped += backlog.Drop(gone, [.. _inFlight.Select(sent => sent.Position ?? -1)]);
                RemoveWaiting(waiting => waiting.Position <= gone.Last);
            }
            if (isTaken)
                _ = _waiting.AddLast(message);
            DiskProblem = null;
            return true;
        }
        catch (IOException error)
        {
            DiskProblem = error.Message;
            return false;
        }
    }

    private bool AddToMemory(OutboxMessage message)
    {
        if (IsFull)
        {
            Dropped++;
            if (_waiting.First is null)
                return false;
            _waiting.RemoveFirst();
        }
        _ = _waiting.AddLast(message);
        return true;
    }

    private LinkedListNode<OutboxMessage>? TakeFirst()
    {
        if (_waiting.First is { } first)
        {
            _waiting.Remove(first);
            return first;
        }
        return backlog?.Read(position => _inFlight.Any(message => message.Position == position)) is { } message
            ? new LinkedListNode<OutboxMessage>(message)
            : null;
    }

    private void SettleOnDisk(long position, bool accepted)
    {
        if (accepted)
            backlog!.Acknowledged(position);
        else
            backlog!.GiveUp(position);
    }

    private void RemoveWaiting(Func<OutboxMessage, bool> isGone)
    {
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (isGone(node.Value))
                _waiting.Remove(node);
            node = next;
        }
    }

    private void Tell()
    {
        if (HasWaiting)
            _ = _filled.TrySetResult();
        if (!HasWaiting && _inFlight.Count == 0)
            _ = _empty.TrySetResult();
        else if (_empty.Task.IsCompleted)
            _empty = Begun();
    }

    private T Guarded<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    private static TaskCompletionSource Begun(bool isDone = false)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (isDone)
            begun.SetResult();
        return begun;
    }
}
