using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Sessions;

/// <summary>Messages of QoS 1 and 2 that a subscriber has been sent and has not acknowledged to the end. Not thread-safe.</summary>
internal sealed class InFlight
{
    private readonly Dictionary<ushort, Sent> _sent = [];
    private readonly Queue<Sent> _again = [];
    private long _number;
    private ushort _lastId;

    // Of this connection: what an earlier one has sent does not count until it has been sent again.
    private int _unacknowledged;

    /// <summary>Number of messages that were sent on this connection and are not acknowledged.</summary>
    public int Unacknowledged => _unacknowledged;

    /// <summary>A new connection: all that is open is to be sent again, in its order, under its identifiers [MQTT-4.4.0-1].</summary>
    public void BeginConnection()
    {
        _unacknowledged = 0;
        _again.Clear();
        foreach (var sent in _sent.Values.OrderBy(sent => sent.Number))
        {
            sent.IsSent = false;
            _again.Enqueue(sent);
        }
    }

    /// <summary>A message that an earlier start of the broker has sent; they come in their order.</summary>
    public void Restore(SubscriberMessage delivery, ushort id, bool isReceived)
    {
        _sent[id] = new Sent(id, _number++, delivery) { IsReceived = isReceived };
        _lastId = id;
    }

    /// <summary>The next that is to be sent again; null = none.</summary>
    public Sent? PeekAgain()
    {
        while (_again.TryPeek(out var first))
        {
            if (_sent.GetValueOrDefault(first.Id) == first)
                return first;
            _ = _again.Dequeue();
        }
        return null;
    }

    public void SentAgain()
    {
        var sent = _again.Dequeue();
        sent.IsSent = !sent.IsReceived;
        _unacknowledged += sent.IsSent ? 1 : 0;
    }

    /// <summary>Adds a message that is sent for the first time.</summary>
    public Sent Add(SubscriberMessage delivery)
    {
        do
            _lastId++;
        while (_lastId == 0 || _sent.ContainsKey(_lastId));
        var sent = new Sent(_lastId, _number++, delivery) { IsSent = true };
        _sent.Add(sent.Id, sent);
        _unacknowledged++;
        return sent;
    }

    /// <summary>PUBREC: the message is there, only its identifier is still in use.</summary>
    /// <returns>The message; null where nothing is open under it.</returns>
    public SubscriberMessage? Received(ushort id)
    {
        if (!_sent.TryGetValue(id, out var sent))
            return null;
        sent.IsReceived = true;
        return sent.Delivery;
    }

    /// <summary>PUBACK, PUBCOMP, or a refusal: the identifier is free.</summary>
    /// <returns>The message; null where nothing is open under it.</returns>
    public SubscriberMessage? Done(ushort id)
    {
        if (!_sent.Remove(id, out var sent))
            return null;
        _unacknowledged -= sent.IsSent ? 1 : 0;
        return sent.Delivery;
    }

    /// <summary>Removes those that a client without a connection need not get any more.</summary>
    public void TakeOut(Predicate<SubscriberMessage> takes)
    {
        foreach (var sent in _sent.Values.OrderBy(sent => sent.Number).Where(sent => takes(sent.Delivery)).ToList())
            _ = Done(sent.Id);
    }

    /// <summary>A message in flight.</summary>
    internal sealed class Sent(ushort id, long number, SubscriberMessage delivery)
    {
        public ushort Id => id;

        /// <summary>Place in the order of sending.</summary>
        public long Number => number;

        public SubscriberMessage Delivery => delivery;

        /// <summary>Whether it was sent on this connection.</summary>
        public bool IsSent { get; set; }

        /// <summary>Whether the client has answered it with PUBREC.</summary>
        public bool IsReceived { get; set; }
    }
}
