using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Keeping;

/// <summary>A session as it is kept.</summary>
internal sealed class KeptSession(string clientId)
{
    public string ClientId => clientId;

    public string? User { get; set; }

    /// <summary>0 = it ends with its connection: only its will is kept.</summary>
    public uint ExpirySeconds { get; set; }

    /// <summary>When its connection has ended; null where it has one, or had one when the process was killed.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    public BrokerWill? Will { get; set; }

    /// <summary>By filter.</summary>
    public Dictionary<string, Subscribed> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>What waits and what is in flight, by number.</summary>
    public Dictionary<long, KeptDelivery> Deliveries { get; } = [];

    /// <summary>Identifiers of the client's messages of QoS 2 that are not released.</summary>
    public HashSet<ushort> Arrived { get; } = [];

    /// <summary>Takes one of its changes.</summary>
    public void Apply(SessionChange change)
    {
        switch (change)
        {
            case SessionOpened opened:
                (User, ExpirySeconds, LeftAt, Will) = (opened.User, opened.ExpirySeconds, null, opened.Will);
                break;
            case SessionLeft left:
                (ExpirySeconds, LeftAt, Will) = (left.ExpirySeconds, left.LeftAt, left.Will);
                break;
            case WillPublished:
                Will = null;
                break;
            case Subscribed subscribed:
                Subscriptions[subscribed.Request.Filter] = subscribed;
                break;
            case Unsubscribed unsubscribed:
                _ = Subscriptions.Remove(unsubscribed.Filter);
                break;
            case RetainedGiven given when Subscriptions.TryGetValue(given.Filter, out var subscription):
                Subscriptions[given.Filter] = subscription with { AwaitsRetained = false };
                break;
            case PublishArrived arrived:
                _ = Arrived.Add(arrived.Id);
                break;
            case PublishReleased released:
                _ = Arrived.Remove(released.Id);
                break;
            default:
                ApplyToDelivery(change);
                break;
        }
    }

    /// <summary>The changes that make it from nothing.</summary>
    public IEnumerable<StateChange> Changes()
    {
        yield return new SessionOpened(ClientId, User, ExpirySeconds, Will);
        if (LeftAt is { } leftAt)
            yield return new SessionLeft(ClientId, ExpirySeconds, leftAt, Will);
        foreach (var subscription in Subscriptions.Values)
            yield return subscription;
        foreach (var id in Arrived)
            yield return new PublishArrived(ClientId, id);
        foreach (var (number, delivery) in Deliveries.OrderBy(one => one.Key))
        {
            yield return new DeliveryAdded(ClientId, delivery.Delivery);
            if (delivery.Id != 0)
                yield return new DeliverySent(ClientId, number, delivery.Id);
            if (delivery.IsReceived)
                yield return new DeliveryReceived(ClientId, number);
        }
    }

    private void ApplyToDelivery(SessionChange change)
    {
        switch (change)
        {
            case DeliveryAdded added:
                Deliveries[added.Delivery.Number] = new KeptDelivery(added.Delivery, Id: 0, IsReceived: false);
                break;
            case DeliverySent sent when Deliveries.TryGetValue(sent.Number, out var delivery):
                Deliveries[sent.Number] = delivery with { Id = sent.Id };
                break;
            case DeliveryReceived received when Deliveries.TryGetValue(received.Number, out var delivery):
                Deliveries[received.Number] = delivery with { IsReceived = true };
                break;
            case DeliveryDone done:
                _ = Deliveries.Remove(done.Number);
                break;
        }
    }
}
