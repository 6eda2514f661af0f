namespace SockSort.Connect.Classes;

/// <summary>
/// What a connector has done since the start of the program. Each received message is stored, described in a dead letter, foreign, a
/// duplicate, dropped or still waiting.
/// </summary>
public sealed record ConnectorCounts
{
    public static readonly ConnectorCounts None = new();

    /// <summary>Messages received from the broker.</summary>
    public long Received { get; init; }

    /// <summary>Messages that the log has on disk.</summary>
    public long Stored { get; init; }

    /// <summary>Messages that the broker flags as possibly sent before; each may be in the log twice.</summary>
    public long Redelivered { get; init; }

    /// <summary>Messages that were not stored because the log already had them, as their camera, run and sequence number show.</summary>
    public long Doubles { get; init; }

    /// <summary>Messages above the size limit, which were skipped and are described in dead letters.</summary>
    public long TooLarge { get; init; }

    /// <summary>Messages that could not be stored as they were, and are described in the dead letter topic.</summary>
    public long DeadLetters { get; init; }

    /// <summary>
    /// Messages, not stored, of topic filters that the connector no longer has; a session kept by the broker still held them.
    /// </summary>
    public long Foreign { get; init; }

    /// <summary>
    /// Messages that were received but could not be stored before the connector was stopped, and that the broker does not send again.
    /// </summary>
    public long Dropped { get; init; }

    /// <summary>
    /// Messages that the broker reports as dropped since its own start, for all of its clients together; null where it does not report
    /// them.
    /// </summary>
    public long? BrokerDropped { get; init; }

    /// <summary>Connections made after the first one.</summary>
    public long Reconnects { get; init; }

    /// <summary>
    /// Returns the sums of both. <see cref="BrokerDropped"/> is a total already, so the later one counts where it is known.
    /// </summary>
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
