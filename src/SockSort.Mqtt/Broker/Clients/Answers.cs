using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Clients;

/// <summary>
/// The broker's answers to one client, in order. Acknowledgements wait for their messages to be stored, in the order of the
/// messages [MQTT-4.6.0-2]; other answers do not wait for them. Thread-safe.
/// </summary>
/// <param name="changed">Called when an answer may have become ready.</param>
internal sealed class Answers(int most, Action changed)
{
    private readonly Lock _gate = new();
    private readonly Queue<Action<PacketWriter>> _ready = [];
    private readonly Queue<Answer> _stores = [];
    private readonly SemaphoreSlim _room = new(most);

    // Made once: thousands of messages a second are waited for.
    private Action? _release;

    /// <summary>
    /// Completes when there is room for the answer to one more packet: a client that does not take its answers is not read.
    /// </summary>
    public Task RoomAsync(CancellationToken cancellationToken) => _room.WaitAsync(cancellationToken);

    /// <summary>The packet needs no answer.</summary>
    public void None() => _room.Release();

    /// <summary>The packet needs no answer; its room is free again when its message is stored.</summary>
    public void None(Task stored)
    {
        if (stored.IsCompleted)
            _ = _room.Release();
        else
            stored.GetAwaiter().UnsafeOnCompleted(_release ??= () => _room.Release());
    }

    public void Add(Action<PacketWriter> write)
    {
        lock (_gate)
            _ready.Enqueue(write);
        changed();
    }

    /// <summary>An answer that must not go before a message is stored.</summary>
    public void Add(Task stored, Action<PacketWriter> write) => Add(new Answer(stored, write));

    /// <summary>An acknowledgement that must not go before its message is stored.</summary>
    public void Acknowledge(Task stored, PacketType type, ushort id, byte code) => Add(new Answer(stored, null, type, id, code));

    /// <summary>Writes the next one that is ready.</summary>
    /// <returns>False where none is.</returns>
    /// <exception cref="StoreFailedException">The next acknowledgement's message could not be stored.</exception>
    public bool TryWrite(PacketWriter writer)
    {
        Answer stored = default;
        Action<PacketWriter>? ready;
        lock (_gate)
        {
            if (!_ready.TryDequeue(out ready))
            {
                if (!_stores.TryPeek(out stored) || !stored.Stored.IsCompleted)
                    return false;
                if (stored.Stored.Exception is { } error)
                    throw new StoreFailedException(error.InnerException?.Message ?? error.Message);
                _ = _stores.Dequeue();
            }
        }
        if (ready is not null)
            ready(writer);
        else
            stored.WriteTo(writer);
        _ = _room.Release();
        return true;
    }

    private void Add(Answer answer)
    {
        lock (_gate)
            _stores.Enqueue(answer);
        if (answer.Stored.IsCompleted)
            changed();
        else
            answer.Stored.GetAwaiter().UnsafeOnCompleted(changed);
    }

    /// <param name="Write">Null for an acknowledgement, which the others say.</param>
    private readonly record struct Answer(Task Stored, Action<PacketWriter>? Write, PacketType Type = 0, ushort Id = 0, byte Code = 0)
    {
        public void WriteTo(PacketWriter writer)
        {
            if (Write is not null)
                Write(writer);
            else
                writer.Acknowledge(Type, Id, Code);
        }
    }
}
