namespace SockSort.Mqtt;

/// <summary>What a broker has seen since its start.</summary>
/// <param name="Connections">Open at this moment.</param>
/// <param name="Received">Messages published to it.</param>
/// <param name="Redelivered">Of these, the ones flagged as possibly sent before.</param>
/// <param name="Stored">Completed stores of intakes; a message that two intakes take counts twice.</param>
/// <param name="StoreFailed">Failed stores; their messages were not acknowledged and the connection was closed.</param>
/// <param name="QueueDropped">Messages that a slow subscriber has missed.</param>
/// <param name="RefusedConnections">Without or with wrong credentials.</param>
/// <param name="OversizedPackets">Connections cut off for a packet over the limit.</param>
/// <param name="LastStoreError">Null where none has failed.</param>
public sealed record BrokerCounts(
    int Connections,
    long Received,
    long Redelivered,
    long Stored,
    long StoreFailed,
    long QueueDropped,
    long RefusedConnections,
    long OversizedPackets,
    string? LastStoreError);
