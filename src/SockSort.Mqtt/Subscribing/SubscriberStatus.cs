namespace SockSort.Mqtt;

/// <summary>What a subscriber has done up to one moment.</summary>
/// <param name="Received">Messages taken from the broker.</param>
/// <param name="Redelivered">Of these, the ones flagged as possibly sent before.</param>
/// <param name="Handled">Messages that the handler has completed.</param>
/// <param name="HandlerFailures">Batches that the handler has failed on; their messages come again.</param>
/// <param name="Dropped">Messages without acknowledgement (QoS 0) that came faster than they were handled.</param>
/// <param name="LastError">Null where nothing has failed.</param>
public sealed record SubscriberStatus(
    ConnectionState State,
    long Received,
    long Redelivered,
    long Handled,
    long HandlerFailures,
    long Dropped,
    int Reconnects,
    string? LastError);
