using SockSort.Mqtt.Broker.Routing;
using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Sessions;

/// <summary>
/// The retained messages that a new subscription still has to get. It holds no copies: each message is taken as it is when
/// its turn comes, so that ten thousand of them take no memory of a slow subscriber's, and no bound has to drop any.
/// </summary>
internal sealed class RetainedBacklog(Subscription subscription, RetainedMessage[] messages)
{
    private int _next;

    public Subscription Subscription => subscription;

    /// <summary>The next one that is still there; the same one until <see cref="Taken"/>. Null = that was all.</summary>
    public SubscriberMessage? Peek(long now)
    {
        for (; _next < messages.Length; _next++)
        {
            if (messages[_next].Message is not { } message || message.IsExpired(now))
                continue;
            var qos = Math.Min(message.Qos, subscription.Request.Qos);
            return new SubscriberMessage(message, qos, Retain: true, subscription.Identifiers);
        }
        return null;
    }

    public void Taken() => _next++;
}
