
namespace SockSort.Mqtt.Publishing;

/// <summary>A snapshot of a publisher's state and counts.</summary>
/// <param name="Enqueued">Messages given to the publisher, including those that were dropped.</param>
/// <param name="Acknowledged">Messages that the broker has acknowledged.</param>
/// <param name="Dropped">Messages that were dropped because the queue or the disk buffer was full.</param>
/// <param name="Rejected">Messages that the broker has refused, or that are larger than it accepts.</param>
/// <param name="Resent">Repeated sends of messages that were sent before.</param>
/// <param name="Waiting">Messages that wait to be sent.</param>
/// <param name="InFlight">Messages sent and not yet acknowledged.</param>
/// <param name="LastError">The latest error; null where there was none.</param>
/// <param name="LastRejection">The reason for the latest rejection; null where there was none.</param>
/// <param name="RefusedTopics">Topics that the broker refuses.</param>
/// <param name="Version">The MQTT version of the latest connection; null before the first one.</param>
/// <param name="Buffer">The state of the disk buffer; null where all messages are in memory.</param>
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
    /// <summary>
    /// Messages that are lost for good. Waiting messages are not lost as long as the process runs or the buffer has them.
    /// </summary>
    public long Lost => Dropped + Rejected;
}
