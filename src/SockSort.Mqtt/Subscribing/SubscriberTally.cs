
namespace SockSort.Mqtt.Subscribing;

/// <summary>The running counts behind <see cref="SubscriberStatus"/>; each field is changed with <see cref="Interlocked"/>.</summary>
internal sealed class SubscriberTally
{
    public long Received;
    public long Redelivered;
    public long TooLarge;
    public long Handled;
    public long HandlerFailures;
    public long Dropped;
    public volatile string? HandlerError;

    public void Count(MqttMessage message)
    {
        _ = Interlocked.Increment(ref Received);
        if (message.Duplicate)
            _ = Interlocked.Increment(ref Redelivered);
        if (message.IsCut)
            _ = Interlocked.Increment(ref TooLarge);
    }
}
