using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Clients;

/// <summary>
/// The broker's answers to one client, in order. Acknowledgements wait for their messages to be stored, in the order of the
/// messages [MQTT-4.6.0-2]; other answers do not wait for them. Thread-safe.
/// </summary>
/// <param name="changed">Called when an answer may have become ready.</param>
internal sealed class Answers(int most, Action changed)
{
    // Messages to the client take turns with so many of them.
    private const int MostAtOnce = 100;

    private readonly Lock _gate = new();
    private readonly Queue<Action<PacketWriter>> _ready = [];
    private readonly Queue<Answer> _stores = [];
    private readonly SemaphoreSlim _room = new(most);

    // What the last answer waits for: those of a run wait for the same.
    private Task? _awaited;

    /// <summary>
    /// Completes when there is room for the answer to one more packet: a client that does not take its answers is not read.
    /// </summary>
    public Task RoomAsync(CancellationToken cancellationToken) => _room.WaitAsync(cancellationToken);

    /// <summary>Takes room where there is some.</summary>
    public bool TryTakeRoom() => _room.Wait(0);

    /// <summary>The packet needs no answer.</summary>
    public void None() => _room.Release();

    /// <summary>Packets that need no answer; their room is free again when their messages are stored.</summary>
    public void None(Task stored, int packets)
    {
        if (packets == 0)
            return;
        if (stored.IsCompleted)
            _ = _room.Release(packets);
        else
            stored.GetAwaiter().UnsafeOnCompleted(() => _room.Release(packets));
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

    /// <summary>Writes the next ones that are ready.</summary>
    /// <returns>False where none is.</returns>
    /// <exception cref="StoreFailedException">The next acknowledgement's message could not be stored.</exception>
    public bool TryWrite(PacketWriter writer)
    {
        var written = 0;
        lock (_gate)
        {
            for (; written < MostAtOnce && _ready.TryDequeue(out var ready); written++)
                ready(writer);
            for (; written < MostAtOnce && TryTakeStored(written == 0, out var stored); written++)
                stored.WriteTo(writer);
        }
        if (written > 0)
            _ = _room.Release(written);
        return written > 0;
    }

    /// <param name="isFirst">Whether a failed store is told now, as nothing is to be sent before.</param>
    private bool TryTakeStored(bool isFirst, out Answer answer)
    {
        if (!_stores.TryPeek(out answer) || !answer.Stored.IsCompleted)
            return false;
        if (answer.Stored.Exception is { } error)
            return isFirst ? throw new StoreFailedException(error.InnerException?.Message ?? error.Message) : false;
        _ = _stores.Dequeue();
        return true;
    }

    private void Add(Answer answer)
    {
        lock (_gate)
        {
            _stores.Enqueue(answer);
            if (answer.Stored == _awaited && !answer.Stored.IsCompleted)
                return;
            _awaited = answer.Stored;
        }
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
