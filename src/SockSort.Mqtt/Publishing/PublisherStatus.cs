namespace SockSort.Mqtt;

/// <summary>What a publisher has done up to one moment.</summary>
/// <param name="Enqueued">Messages given to it, the dropped ones too.</param>
/// <param name="Acknowledged">Messages that the broker has taken.</param>
/// <param name="Dropped">Messages that the full queue has lost.</param>
/// <param name="Rejected">Messages that the broker has answered with a refusal, or that are larger than it takes.</param>
/// <param name="Resent">Sends of a message that had been sent before, over an earlier connection.</param>
/// <param name="Waiting">Messages that wait to be sent.</param>
/// <param name="InFlight">Messages sent and not yet acknowledged.</param>
/// <param name="LastError">Null where nothing has failed.</param>
public sealed record PublisherStatus(
    ConnectionState State,
    long Enqueued,
    long Acknowledged,
    long Dropped,
    long Rejected,
    long Resent,
    int Waiting,
    int InFlight,
    int Reconnects,
    string? LastError);
