using System.Collections.Concurrent;
using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker;

/// <summary>The running <see cref="BrokerCounts"/>; each field is changed with <see cref="Interlocked"/>.</summary>
internal sealed class BrokerTally
{
    public int Connections;
    public long Received;
    public long Redelivered;
    public long Stored;
    public long StoreFailed;
    public long QueueDropped;
    public long SlowedMessages;
    public long SlowedConnections;
    public long Expired;
    public long TooLargeForSubscriber;
    public long RetainedRefused;
    public long SessionsEnded;
    public long RefusedConnections;
    public long TooManyConnections;
    public long SilentConnections;
    public long OversizedPackets;
    public volatile string? LastStoreError;

    // As many as there are rules, not as many as clients think of.
    private readonly ConcurrentDictionary<string, long> _refusals = [];

    /// <summary>What queues have dropped, by client.</summary>
    public DropTally Drops { get; } = new();

    public void Refuse(PacketRule rule, int version)
    {
        if (rule == PacketRule.TooLarge)
            _ = Interlocked.Increment(ref OversizedPackets);
        Refuse(rule.For(version));
    }

    /// <param name="what">One of a fixed number of texts.</param>
    public void Refuse(string what) => _refusals.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <param name="retained">Kept at this moment.</param>
    public BrokerCounts Snapshot(int retained) => new()
    {
        Connections = Volatile.Read(ref Connections),
        Received = Interlocked.Read(ref Received),
        Redelivered = Interlocked.Read(ref Redelivered),
        Stored = Interlocked.Read(ref Stored),
        StoreFailed = Interlocked.Read(ref StoreFailed),
        QueueDropped = Interlocked.Read(ref QueueDropped),
        WorstSubscribers = Drops.Worst,
        SlowedMessages = Interlocked.Read(ref SlowedMessages),
        SlowedConnections = Interlocked.Read(ref SlowedConnections),
        Expired = Interlocked.Read(ref Expired),
        TooLargeForSubscriber = Interlocked.Read(ref TooLargeForSubscriber),
        RetainedRefused = Interlocked.Read(ref RetainedRefused),
        Retained = retained,
        SessionsEnded = Interlocked.Read(ref SessionsEnded),
        RefusedConnections = Interlocked.Read(ref RefusedConnections),
        TooManyConnections = Interlocked.Read(ref TooManyConnections),
        SilentConnections = Interlocked.Read(ref SilentConnections),
        OversizedPackets = Interlocked.Read(ref OversizedPackets),
        Refusals = new SortedDictionary<string, long>(_refusals, StringComparer.Ordinal),
        LastStoreError = LastStoreError,
    };
}
