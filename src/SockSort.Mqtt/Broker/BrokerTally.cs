namespace SockSort.Mqtt;

/// <summary>The running counts behind <see cref="BrokerCounts"/>; each field is changed with <see cref="Interlocked"/>.</summary>
internal sealed class BrokerTally
{
    public int Connections;
    public long Received;
    public long Redelivered;
    public long Stored;
    public long StoreFailed;
    public long QueueDropped;
    public long RefusedConnections;
    public long OversizedPackets;
    public volatile string? LastStoreError;

    public BrokerCounts Snapshot() => new(
        Volatile.Read(ref Connections),
        Interlocked.Read(ref Received),
        Interlocked.Read(ref Redelivered),
        Interlocked.Read(ref Stored),
        Interlocked.Read(ref StoreFailed),
        Interlocked.Read(ref QueueDropped),
        Interlocked.Read(ref RefusedConnections),
        Interlocked.Read(ref OversizedPackets),
        LastStoreError);
}
