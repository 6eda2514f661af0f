
namespace SockSort.Mqtt.Subscribing;

/// <summary>What a subscriber has done up to one moment.</summary>
/// <param name="State"><see cref="ConnectionState.Connected"/> only while the broker has granted every filter of the subscription.</param>
/// <param name="Received">Messages taken from the broker.</param>
/// <param name="Redelivered">Of these, the ones flagged as possibly sent before.</param>
/// <param name="TooLarge">
/// Of these, the ones over <see cref="SubscriberOptions.MaxPayloadBytes"/>: the handler gets their head only.
/// </param>
/// <param name="Handled">Messages that the handler has completed.</param>
/// <param name="HandlerFailures">Times that the handler has failed on a batch, which is then handed to it again.</param>
/// <param name="Dropped">
/// Messages that were taken and could not be handled before the subscriber was stopped, and that the broker does not send
/// again: those of QoS 0, or all where the session is not kept.
/// </param>
/// <param name="BrokerDropped">
/// Messages that the broker says it has dropped since its own start, for all of its clients together, since their queues were
/// full (<c>$SYS/broker/publish/messages/dropped</c>); null where it does not say.
/// </param>
/// <param name="HandlerError">Why the handler has failed on the batch at hand, which it gets again; null while it works.</param>
/// <param name="LastError">Null where nothing has failed.</param>
public sealed record SubscriberStatus(
    ConnectionState State,
    long Received,
    long Redelivered,
    long TooLarge,
    long Handled,
    long HandlerFailures,
    long Dropped,
    long? BrokerDropped,
    int Reconnects,
    string? HandlerError,
    string? LastError);
