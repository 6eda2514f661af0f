namespace SockSort.Connect.Classes;

/// <summary>
/// What a connector has done since the start of the program. Each message received is stored, told of in a dead letter, foreign, a double
/// or dropped, or waits.
/// </summary>
public sealed record ConnectorCounts
{
    public static readonly ConnectorCounts None = new();

    /// <summary>Messages taken from the broker.</summary>
    public long Received { get; init; }

    /// <summary>Messages that the log has on disk.</summary>
    public long Stored { get; init; }

    /// <summary>Messages flagged as possibly sent before: each may stand in the log twice.</summary>
    public long Redelivered { get; init; }

    /// <summary>Messages that the log had already, by what they say of themselves: they were not stored once more.</summary>
    public long Doubles { get; init; }

    /// <summary>Messages over the limit: they were skipped, and are told of in dead letters.</summary>
    public long TooLarge { get; init; }

    /// <summary>Messages that could not be stored as they were, and are told of in the topic of dead letters.</summary>
    public long DeadLetters { get; init; }

    /// <summary>Messages of filters that the connector no longer has: a session that the broker has kept held them. Not stored.</summary>
    public long Foreign { get; init; }

    /// <summary>
    /// Messages that were taken and could not be stored before the connector was stopped, and that the broker does not send again.
    /// </summary>
    public long Dropped { get; init; }

    /// <summary>
    /// Messages that the broker says it has dropped since its own start, for all of its clients together; null where it does not say.
    /// </summary>
    public long? BrokerDropped { get; init; }

    /// <summary>Connections made after the first.</summary>
    public long Reconnects { get; init; }

    /// <summary>Both together; what the broker says of itself is the later one's.</summary>
    public ConnectorCounts Add(ConnectorCounts later) => new()
    {
        Received = Received + later.Received,
        Stored = Stored + later.Stored,
        Redelivered = Redelivered + later.Redelivered,
        Doubles = Doubles + later.Doubles,
        TooLarge = TooLarge + later.TooLarge,
        DeadLetters = DeadLetters + later.DeadLetters,
        Foreign = Foreign + later.Foreign,
        Dropped = Dropped + later.Dropped,
        BrokerDropped = later.BrokerDropped ?? BrokerDropped,
        Reconnects = Reconnects + later.Reconnects,
    };
}
