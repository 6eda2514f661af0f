using System.Text;

namespace SockSort.Mqtt.Publishing;

/// <summary>The messages that a publisher still owes its broker, in their order. Thread-safe.</summary>
internal sealed class Outbox(int maxMessages, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Message> _waiting = new();
    private readonly LinkedList<Message> _inFlight = new();
    private TaskCompletionSource _empty = Completed();
    private TaskCompletionSource _filled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal sealed class Message(string topic, ReadOnlyMemory<byte> payload, bool retain)
    {
        public string Topic { get; } = topic;

        public ReadOnlyMemory<byte> Payload { get; } = payload;

        public bool Retain { get; } = retain;

        /// <summary>
        /// Length of the PUBLISH packet with all headers, which is what a broker's limit counts [MQTT-3.1.2-24]; with QoS 1 and no
        /// properties.
        /// </summary>
        public long PacketBytes
        {
            get
            {
                // [MQTT-3.3]: topic after its length, packet identifier, length of no properties, payload; before all that, type and
                // remaining length.
                var remaining = 2L + Encoding.UTF8.GetByteCount(Topic) + 2 + 1 + Payload.Length;
                return 1 + BytesOfLength(remaining) + remaining;
            }
        }

        public bool WasSent { get; set; }

        /// <summary>The clock's timestamp of the latest send.</summary>
        public long SentAt { get; set; }

        // [MQTT-1.5.5]: 7 bits a byte.
        private static int BytesOfLength(long length) => length switch { < 1 << 7 => 1, < 1 << 14 => 2, < 1 << 21 => 3, _ => 4 };
    }

    public long Enqueued { get; private set; }

    public long Dropped { get; private set; }

    public long Acknowledged { get; private set; }

    public long Rejected { get; private set; }

    public long Resent { get; private set; }

    public int Waiting => Guarded(() => _waiting.Count);

    public int InFlight => Guarded(() => _inFlight.Count);

    /// <summary>Completes while nothing is owed.</summary>
    public Task Empty => Guarded(() => _empty.Task);

    /// <summary>Completes while something waits to be sent.</summary>
    public Task Filled => Guarded(() => _waiting.Count > 0 ? Task.CompletedTask : _filled.Task);

    /// <summary>Adds a message; false where it was dropped.</summary>
    public bool Add(Message message)
    {
        lock (_gate)
        {
            Enqueued++;
            if (_waiting.Count + _inFlight.Count >= maxMessages)
            {
                Dropped++;
                if (_waiting.First is null)
                    return false;
                _waiting.RemoveFirst();
            }
            _ = _waiting.AddLast(message);
            if (_empty.Task.IsCompleted)
                _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = _filled.TrySetResult();
            return true;
        }
    }

    /// <summary>The next one to send, which from now on is in flight; null where none waits.</summary>
    public LinkedListNode<Message>? Take()
    {
        lock (_gate)
        {
            var node = _waiting.First;
            if (node is null)
            {
                _filled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return null;
            }
            _waiting.Remove(node);
            _inFlight.AddLast(node);
            if (node.Value.WasSent)
                Resent++;
            (node.Value.WasSent, node.Value.SentAt) = (true, clock.GetTimestamp());
            return node;
        }
    }

    public void Settle(LinkedListNode<Message> node, bool accepted)
    {
        lock (_gate)
        {
            if (node.List != _inFlight)
                return;
            _inFlight.Remove(node);
            if (accepted)
                Acknowledged++;
            else
                Rejected++;
            if (_waiting.Count + _inFlight.Count == 0)
                _ = _empty.TrySetResult();
        }
    }

    /// <summary>After a lost connection: what was in flight goes first again, in its order.</summary>
    public void Return()
    {
        lock (_gate)
        {
            while (_inFlight.Last is { } node)
            {
                _inFlight.Remove(node);
                _waiting.AddFirst(node);
            }
            if (_waiting.Count > 0)
                _ = _filled.TrySetResult();
        }
    }

    /// <summary>Topic of the oldest message in flight; null where none is.</summary>
    public string? TopicInFlight => Guarded(() => _inFlight.First?.Value.Topic);

    /// <summary>How long the oldest message in flight has waited for its acknowledgement; zero where none is.</summary>
    public TimeSpan LongestInFlight => Guarded(() =>
        _inFlight.First is { } node ? clock.GetElapsedTime(node.Value.SentAt) : TimeSpan.Zero);

    private T Guarded<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        completed.SetResult();
        return completed;
    }
}
