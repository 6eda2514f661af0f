
namespace SockSort.Mqtt.Publishing;

/// <summary>What a publisher has done up to one moment.</summary>
/// <param name="Enqueued">Messages given to it, the dropped ones too.</param>
/// <param name="Acknowledged">Messages that the broker has taken.</param>
/// <param name="Dropped">Messages that the full queue has lost.</param>
/// <param name="Rejected">Messages that the broker has answered with a refusal, or that are larger than it takes.</param>
/// <param name="Resent">Sends of a message that had been sent before, over an earlier connection.</param>
/// <param name="Waiting">Messages that wait to be sent.</param>
/// <param name="InFlight">Messages sent and not yet acknowledged.</param>
/// <param name="LastError">Null where nothing has failed.</param>
/// <param name="LastRejection">Why the latest of the rejected messages was; null where none was.</param>
/// <param name="RefusedTopics">Topics on which the broker takes nothing.</param>
/// <param name="Version">That was spoken last; null before the first connection.</param>
/// <param name="Buffer">Of what waits on disk; null where all is in memory.</param>
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
    string? LastError,
    string? LastRejection,
    IReadOnlyList<RefusedTopic> RefusedTopics,
    MqttVersion? Version,
    BufferStatus? Buffer = null)
{
    /// <summary>Messages that are gone for good; those that wait are not, as long as the process runs or a buffer has them.</summary>
    public long Lost => Dropped + Rejected;
}
