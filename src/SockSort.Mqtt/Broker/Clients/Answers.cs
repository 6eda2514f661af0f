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
    private readonly Queue<(Task Stored, Action<PacketWriter> Write)> _stores = [];
    private readonly SemaphoreSlim _room = new(most);

    /// <summary>
    /// Completes when there is room for the answer to one more packet: a client that does not take its answers is not read.
    /// </summary>
    public Task RoomAsync(CancellationToken cancellationToken) => _room.WaitAsync(cancellationToken);

    /// <summary>The packet needs no answer.</summary>
    public void None() => _room.Release();

    /// <summary>The packet needs no answer; its room is free again when its message is stored.</summary>
    public void None(Task stored) => _ = stored.ContinueWith(_ => _room.Release(),
        CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    public void Add(Action<PacketWriter> write)
    {
        lock (_gate)
            _ready.Enqueue(write);
        changed();
    }

    /// <summary>An answer that must not go before a message is stored.</summary>
    public void Add(Task stored, Action<PacketWriter> write)
    {
        lock (_gate)
            _stores.Enqueue((stored, write));
        if (stored.IsCompleted)
            changed();
        else
            _ = stored.ContinueWith(_ => changed(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Writes the next one that is ready.</summary>
    /// <returns>False where none is.</returns>
    /// <exception cref="StoreFailedException">The next acknowledgement's message could not be stored.</exception>
    public bool TryWrite(PacketWriter writer)
    {
        Action<PacketWriter>? next;
        lock (_gate)
        {
            if (!_ready.TryDequeue(out next) && _stores.TryPeek(out var first) && first.Stored.IsCompleted)
            {
                if (first.Stored.Exception is { } error)
                    throw new StoreFailedException(error.InnerException?.Message ?? error.Message);
                next = _stores.Dequeue().Write;
            }
        }
        if (next is null)
            return false;
        next(writer);
        _ = _room.Release();
        return true;
    }
}
