using SockSort.Mqtt.Broker.Keeping;
using SockSort.Mqtt.Broker.Rights;
using SockSort.Mqtt.Broker.Routing;
using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Sessions;

/// <summary>
/// What the broker keeps of one client, over its connections: subscriptions, what waits for it, and what is not acknowledged.
/// Thread-safe.
/// </summary>
internal sealed class BrokerSession : ISubscriber
{
    private readonly BrokerOptions _options;
    private readonly BrokerTally _tally;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly List<RetainedBacklog> _backlogs = [];
    private readonly DeliveryQueue _queue;
    private readonly InFlight _inFlight = new();
    private readonly SessionNotes _notes;

    // The subscriber's side of this session: who is told that something waits, and how much it takes.
    // Read without the lock, too: sessions that share a subscription ask each other.
    private volatile ISessionHolder? _connection;
    private int _window;
    private bool _wasBacklog;

    /// <param name="journal">Where it is kept over a restart once <see cref="Keep"/> is called; null = nowhere.</param>
    public BrokerSession(string clientId, BrokerOptions options, BrokerTally tally, StateJournal? journal = null, string? user = null)
    {
        (ClientId, User, _options, _tally) = (clientId, user, options, tally);
        Check = options.CheckOf(user, clientId);
        _notes = new SessionNotes(clientId, journal);
        _queue = new DeliveryQueue(options, _notes.Done);
    }

    public string ClientId { get; }

    /// <summary>What its client may do.</summary>
    public ClientCheck Check { get; }

    /// <summary>Whose it is: another user does not get it.</summary>
    public string? User { get; }

    public bool IsConnected => _connection is not null;

    /// <summary>Whether it is kept over a restart.</summary>
    public bool IsKept => _notes.IsKept;

    /// <summary>QoS 2: what has arrived and is not released. Used by its connection only.</summary>
    public Dictionary<ushort, Publication> Received { get; } = [];

    public IReadOnlyList<Subscription> Subscriptions
    {
        get
        {
            lock (_gate)
                return [.. _subscriptions.Values];
        }
    }

    /// <summary>Takes what an earlier start has kept of it.</summary>
    public void Restore(KeptSession kept)
    {
        lock (_gate)
        {
            foreach (var subscribed in kept.Subscriptions.Values)
                _subscriptions[subscribed.Request.Filter] = new Subscription(this, subscribed.Request, subscribed.Identifier);
            foreach (var id in kept.Arrived)
                Received[id] = Publication.None;
            foreach (var (number, delivery) in kept.Deliveries.OrderBy(one => one.Key))
            {
                _notes.Restored(number);
                if (delivery.Id != 0)
                    _inFlight.Restore(delivery.Delivery, delivery.Id, delivery.IsReceived);
                else
                    CountDropped(_queue.Add(delivery.Delivery));
            }
        }
    }

    /// <summary>Says whether it is kept over a restart from here on.</summary>
    public void Keep(bool isKept)
    {
        lock (_gate)
            _notes.IsKept = isKept;
    }

    /// <summary>A connection takes it: what the last one has not acknowledged is sent again.</summary>
    /// <param name="window">Messages of QoS 1 and 2 that may be unacknowledged at once.</param>
    public void Attach(ISessionHolder connection, int window)
    {
        lock (_gate)
        {
            (_connection, _window) = (connection, window);
            _inFlight.BeginConnection();
        }
    }

    public void Detach()
    {
        lock (_gate)
            _connection = null;
    }

    public bool MayRead(string topic) => Check.MayRead(topic);

    /// <summary>A message for it. While it is away those of QoS 0 are not kept [MQTT-3.1.2-5].</summary>
    /// <returns>Whether it is kept over a restart, and so has to be on disk before it is acknowledged.</returns>
    public bool Offer(SubscriberMessage delivery)
    {
        if (!MayRead(delivery.Message.Topic))
            return false;
        ISessionHolder? connection;
        lock (_gate)
        {
            connection = _connection;
            if (connection is null && delivery.Qos == 0)
                return false;
            _notes.Added(delivery);
            CountDropped(_queue.Add(delivery));
        }
        connection?.MoreToSend();
        return delivery.Number > 0;
    }

    public IReadOnlyList<(SubscriberMessage Delivery, Subscription To)> TakeShared(Func<string, BrokerMessage, Subscription?> next)
    {
        List<(SubscriberMessage Delivery, Subscription To)> taken = [];
        bool Takes(SubscriberMessage delivery)
        {
            if (delivery.SharedBy is not { } filter || next(filter, delivery.Message) is not { } to)
                return false;
            taken.Add((delivery, to));
            return true;
        }

        lock (_gate)
        {
            _inFlight.TakeOut(delivery => delivery.Qos == 1 && Takes(delivery));
            _queue.TakeOut(Takes);
        }
        return taken;
    }

    public void HandedOver(SubscriberMessage delivery)
    {
        lock (_gate)
            _notes.Done(delivery);
    }

    /// <summary>Takes the place of the one to the same filter.</summary>
    /// <returns>That one; null = it is new.</returns>
    public Subscription? Add(Subscription subscription)
    {
        lock (_gate)
        {
            var earlier = _subscriptions.GetValueOrDefault(subscription.Filter);
            _subscriptions[subscription.Filter] = subscription;
            _notes.Subscribed(subscription, isNew: earlier is null);
            return earlier;
        }
    }

    /// <summary>The one to a filter; null = there is none.</summary>
    public Subscription? SubscriptionTo(string filter)
    {
        lock (_gate)
            return _subscriptions.GetValueOrDefault(filter);
    }

    /// <returns>False where it has too many already.</returns>
    public bool HasRoomFor(string filter)
    {
        lock (_gate)
            return _subscriptions.Count < _options.MaxSubscriptionsPerClient || _subscriptions.ContainsKey(filter);
    }

    /// <returns>The one that was removed; null = there was none.</returns>
    public Subscription? Remove(string filter)
    {
        lock (_gate)
        {
            if (!_subscriptions.Remove(filter, out var removed))
                return null;
            _ = _backlogs.RemoveAll(backlog => backlog.Subscription.Filter == filter);
            _notes.Unsubscribed(filter);
            return removed;
        }
    }

    /// <summary>Retained messages for a subscription; they take the place of what is left of the filter's earlier ones.</summary>
    public void Add(RetainedBacklog backlog)
    {
        ISessionHolder? connection;
        lock (_gate)
        {
            _ = _backlogs.RemoveAll(earlier => earlier.Subscription.Filter == backlog.Subscription.Filter);
            _backlogs.Add(backlog);
            connection = _connection;
        }
        connection?.MoreToSend();
    }

    /// <summary>
    /// The next packet that its connection may send. Retained and new messages take turns. One of QoS 1 or 2 waits while the
    /// client has as many unacknowledged ones as it takes [MQTT-3.3.4-9].
    /// </summary>
    /// <returns>False = nothing for now, or the session is no longer the connection's.</returns>
    public bool TryTake(ISessionHolder connection, long now, out OutgoingPublish next)
    {
        next = default;
        lock (_gate)
        {
            if (_connection != connection)
                return false;
            if (TryTakeAgain(out next))
                return true;
            _wasBacklog = !_wasBacklog;
            return _wasBacklog
                ? TryTakeRetained(now, out next) || TryTakeNew(now, out next)
                : TryTakeNew(now, out next) || TryTakeRetained(now, out next);
        }
    }

    public bool HasReceived(ushort id)
    {
        lock (_gate)
        {
            if (_inFlight.Received(id) is not { } delivery)
                return false;
            _notes.Received(delivery);
            return true;
        }
    }

    /// <summary>Takes a message's last acknowledgement: there is room for another one.</summary>
    public void Acknowledged(ushort id)
    {
        ISessionHolder? connection;
        lock (_gate)
        {
            if (_inFlight.Done(id) is { } delivery)
                _notes.Done(delivery);
            connection = _connection;
        }
        connection?.MoreToSend();
    }

    private bool TryTakeAgain(out OutgoingPublish next)
    {
        next = default;
        if (_inFlight.PeekAgain() is not { } sent || (!sent.IsReceived && !MayGo(sent.Delivery)))
            return false;
        next = new OutgoingPublish(sent.Delivery, sent.Id, IsAgain: true, sent.IsReceived);
        _inFlight.SentAgain();
        return true;
    }

    private bool TryTakeRetained(long now, out OutgoingPublish next)
    {
        next = default;
        while (_backlogs.Count > 0)
        {
            if (_backlogs[0].Peek(now) is { } delivery)
            {
                if (!MayRead(delivery.Message.Topic))
                {
                    _backlogs[0].Taken();
                    continue;
                }
                if (!MayGo(delivery))
                    return false;
                _backlogs[0].Taken();
                _notes.Added(delivery);
                next = First(delivery);
                return true;
            }
            _notes.RetainedGiven(_backlogs[0].Subscription);
            _backlogs.RemoveAt(0);
        }
        return false;
    }

    private bool TryTakeNew(long now, out OutgoingPublish next)
    {
        next = default;
        var delivery = _queue.Peek(now, out var expired);
        _ = Interlocked.Add(ref _tally.Expired, expired);
        if (delivery is null || !MayGo(delivery))
            return false;
        _ = _queue.Taken();
        next = First(delivery);
        return true;
    }

    // Those that are to be sent again go first, so that the order of sending stays.
    private bool MayGo(SubscriberMessage delivery) => delivery.Qos == 0 || _inFlight.Unacknowledged < _window;

    private OutgoingPublish First(SubscriberMessage delivery)
    {
        if (delivery.Qos == 0)
            return new OutgoingPublish(delivery, Id: 0, IsAgain: false, IsReceived: false);
        var id = _inFlight.Add(delivery).Id;
        _notes.Sent(delivery, id);
        return new OutgoingPublish(delivery, id, IsAgain: false, IsReceived: false);
    }

    private void CountDropped(int dropped)
    {
        if (dropped == 0)
            return;
        _ = Interlocked.Add(ref _tally.QueueDropped, dropped);
        _tally.Drops.Add(ClientId, dropped);
    }
}
