using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Sessions;

/// <summary>
/// What waits for one subscriber, within the bounds of <see cref="BrokerOptions"/>: beyond them the oldest goes. Not thread-safe.
/// </summary>
/// <param name="gone">Called with each message that nobody gets.</param>
internal sealed class DeliveryQueue(BrokerOptions options, Action<SubscriberMessage> gone)
{
    private readonly Queue<SubscriberMessage> _waiting = [];
    private long _bytes;

    /// <returns>How many were dropped for it.</returns>
    public int Add(SubscriberMessage delivery)
    {
        _waiting.Enqueue(delivery);
        _bytes += delivery.Message.Bytes;
        var dropped = 0;
        // The newest one stays, whatever its size.
        for (; _waiting.Count > options.MaxQueuedMessages || (_bytes > options.MaxQueuedBytes && _waiting.Count > 1); dropped++)
            gone(Taken());
        return dropped;
    }

    /// <summary>The oldest message that has not expired; null where there is none.</summary>
    /// <param name="expired">Receives how many had.</param>
    public SubscriberMessage? Peek(long now, out int expired)
    {
        for (expired = 0; _waiting.TryPeek(out var first); expired++)
        {
            if (!first.Message.IsExpired(now))
                return first;
            gone(Taken());
        }
        return null;
    }

    /// <summary>Removes the oldest.</summary>
    public SubscriberMessage Taken()
    {
        var taken = _waiting.Dequeue();
        _bytes -= taken.Message.Bytes;
        return taken;
    }

    /// <summary>Removes those that somebody else takes.</summary>
    public void TakeOut(Predicate<SubscriberMessage> takes)
    {
        for (var left = _waiting.Count; left > 0; left--)
        {
            var first = Taken();
            if (takes(first))
                continue;
            _waiting.Enqueue(first);
            _bytes += first.Message.Bytes;
        }
    }
}
