
namespace SockSort.Mqtt.Broker;

/// <summary>What a broker has seen since its start.</summary>
public sealed record BrokerCounts
{
    /// <summary>Connections that are open at this moment.</summary>
    public int Connections { get; init; }

    /// <summary>Messages published to it.</summary>
    public long Received { get; init; }

    /// <summary>Received messages that their publisher flagged as possibly sent before.</summary>
    public long Redelivered { get; init; }

    /// <summary>Completed stores of intakes; a message that two intakes take counts twice.</summary>
    public long Stored { get; init; }

    /// <summary>Failed stores; their messages were not acknowledged and the connection was closed.</summary>
    public long StoreFailed { get; init; }

    /// <summary>Messages that a slow subscriber has missed.</summary>
    public long QueueDropped { get; init; }

    /// <summary>The clients that have missed most of these, the first one most; ten at most.</summary>
    public IReadOnlyList<ClientDrops> WorstSubscribers { get; init; } = [];

    /// <summary>Messages after which their client was read more slowly, as it sends too many a second.</summary>
    public long SlowedMessages { get; init; }

    /// <summary>Connections that had to wait, as too many a second came from their address.</summary>
    public long SlowedConnections { get; init; }

    /// <summary>Messages that their own expiry has ended before a subscriber took them.</summary>
    public long Expired { get; init; }

    /// <summary>Messages that were larger than their subscriber takes.</summary>
    public long TooLargeForSubscriber { get; init; }

    /// <summary>Messages that were passed on, but not kept as retained ones: there was no room.</summary>
    public long RetainedRefused { get; init; }

    /// <summary>Retained messages at this moment.</summary>
    public int Retained { get; init; }

    /// <summary>Sessions of absent clients that were ended to make room.</summary>
    public long SessionsEnded { get; init; }

    /// <summary>Connections refused for missing or wrong credentials.</summary>
    public long RefusedConnections { get; init; }

    /// <summary>Connections closed at once, since too many were open.</summary>
    public long TooManyConnections { get; init; }

    /// <summary>Connections whose client has not said in time who it is.</summary>
    public long SilentConnections { get; init; }

    /// <summary>Connections cut off for a packet over the limit.</summary>
    public long OversizedPackets { get; init; }

    /// <summary>What clients did that the standard or this broker forbids, by what it was, with the standard's clause.</summary>
    public IReadOnlyDictionary<string, long> Refusals { get; init; } = new Dictionary<string, long>();

    /// <summary>Why the latest message that could not be stored was not; null where none has failed.</summary>
    public string? LastStoreError { get; init; }
}
