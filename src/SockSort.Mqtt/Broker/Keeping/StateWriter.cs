using SockSort.Mqtt.Broker.Wire;
using SockSort.Mqtt.Publishing.Buffering;

namespace SockSort.Mqtt.Broker.Keeping;

/// <summary>
/// Writes changes as the entries of a journal: sealed as <see cref="BufferEntry"/> describes, each with its kind in the first byte. A
/// message stands in an entry of its own before the deliveries that name it by its number. Not thread-safe.
/// </summary>
/// <param name="remembered">Messages of which the number is remembered: one that comes again later stands there twice.</param>
internal sealed class StateWriter(KeptClock clock, int remembered)
{
    /// <summary>The version of the format, in the first entry of each file.</summary>
    public const int Version = 1;

    private readonly MemoryStream _bytes = new();
    private readonly Dictionary<BrokerMessage, long> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<BrokerMessage> _order = [];
    private BinaryWriter? _writer;
    private long _next = 1;

    private BinaryWriter To => _writer ??= new BinaryWriter(_bytes);

    public int Length => (int)_bytes.Length;

    public ReadOnlySpan<byte> Written => _bytes.GetBuffer().AsSpan(0, Length);

    public void Clear() => _bytes.SetLength(0);

    /// <summary>Another one for the same file, that remembers fewer messages, and none of those that this one has written.</summary>
    public StateWriter Continued(int fewer) => new(clock, fewer) { _next = _next };

    public void Begin() => Entry(EntryKind.Version, () => To.Write(Version));

    public void Write(StateChange change)
    {
        var message = change is DeliveryAdded added ? NumberOf(added.Delivery.Message) : 0;
        Entry(KindOf(change), () => Body(change, message));
    }

    private static EntryKind KindOf(StateChange change) => change switch
    {
        RetainedSet => EntryKind.RetainedSet,
        SessionOpened => EntryKind.SessionOpened,
        SessionLeft => EntryKind.SessionLeft,
        SessionEnded => EntryKind.SessionEnded,
        WillPublished => EntryKind.WillPublished,
        Subscribed => EntryKind.Subscribed,
        Unsubscribed => EntryKind.Unsubscribed,
        RetainedGiven => EntryKind.RetainedGiven,
        DeliveryAdded => EntryKind.DeliveryAdded,
        DeliverySent => EntryKind.DeliverySent,
        DeliveryReceived => EntryKind.DeliveryReceived,
        DeliveryDone => EntryKind.DeliveryDone,
        PublishArrived => EntryKind.PublishArrived,
        PublishReleased => EntryKind.PublishReleased,
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private long NumberOf(BrokerMessage message)
    {
        if (_numbers.TryGetValue(message, out var known))
            return known;
        var number = _next++;
        _numbers.Add(message, number);
        _order.Enqueue(message);
        if (_order.Count > remembered)
            _ = _numbers.Remove(_order.Dequeue());
        Entry(EntryKind.Message, () =>
        {
            To.Write(number);
            Message(message);
        });
        return number;
    }

    private void Entry(EntryKind kind, Action body)
    {
        var begin = Length;
        _bytes.SetLength(begin + BufferEntry.HeaderBytes);
        _bytes.Position = Length;
        To.Write((byte)kind);
        body();
        BufferEntry.Seal(_bytes.GetBuffer().AsSpan(begin, Length - begin));
    }

    private void Body(StateChange change, long message)
    {
        if (change is SessionChange ofOne)
            To.Write(ofOne.ClientId);
        switch (change)
        {
            case RetainedSet set:
                To.Write(set.Topic);
                To.Write(set.Message is not null);
                if (set.Message is not null)
                    Message(set.Message);
                break;
            case SessionOpened opened:
                Text(opened.User);
                To.Write(opened.ExpirySeconds);
                Will(opened.Will);
                break;
            case SessionLeft left:
                To.Write(left.ExpirySeconds);
                To.Write(left.LeftAt.ToUnixTimeMilliseconds());
                Will(left.Will);
                break;
            case Subscribed subscribed:
                Request(subscribed.Request);
                To.Write(subscribed.Identifier);
                To.Write(subscribed.AwaitsRetained);
                break;
            case Unsubscribed unsubscribed:
                To.Write(unsubscribed.Filter);
                break;
            case RetainedGiven given:
                To.Write(given.Filter);
                break;
            case PublishArrived arrived:
                To.Write(arrived.Id);
                break;
            case PublishReleased released:
                To.Write(released.Id);
                break;
            default:
                DeliveryBody(change, message);
                break;
        }
    }

    private void DeliveryBody(StateChange change, long message)
    {
        switch (change)
        {
            case DeliveryAdded { Delivery: var delivery }:
                To.Write(delivery.Number);
                To.Write(message);
                To.Write((byte)delivery.Qos);
                To.Write(delivery.Retain);
                To.Write((ushort)delivery.Identifiers.Count);
                foreach (var identifier in delivery.Identifiers)
                    To.Write(identifier);
                Text(delivery.SharedBy);
                break;
            case DeliverySent sent:
                To.Write(sent.Number);
                To.Write(sent.Id);
                break;
            case DeliveryReceived received:
                To.Write(received.Number);
                break;
            case DeliveryDone done:
                To.Write(done.Number);
                break;
        }
    }

    private void Message(BrokerMessage message)
    {
        To.Write(message.Topic);
        Bytes(message.Payload);
        To.Write((byte)message.Qos);
        To.Write(message.Retain);
        Bytes(message.Properties);
        Number(message.ExpirySeconds);
        To.Write(message.Sender);
        To.Write(clock.TimeOf(message.ArrivedAt).ToUnixTimeMilliseconds());
    }

    private void Will(BrokerWill? will)
    {
        To.Write(will is not null);
        if (will is null)
            return;
        To.Write(will.Topic);
        Bytes(will.Payload);
        To.Write((byte)will.Qos);
        To.Write(will.Retain);
        Bytes(will.Properties);
        Number(will.ExpirySeconds);
        To.Write(will.DelaySeconds);
    }

    private void Request(SubscriptionRequest request)
    {
        To.Write(request.Filter);
        To.Write((byte)request.Qos);
        To.Write(request.NoLocal);
        To.Write(request.RetainAsPublished);
        To.Write((byte)request.RetainHandling);
    }

    private void Bytes(byte[] bytes)
    {
        To.Write(bytes.Length);
        To.Write(bytes);
    }

    private void Text(string? text)
    {
        To.Write(text is not null);
        if (text is not null)
            To.Write(text);
    }

    private void Number(uint? number)
    {
        To.Write(number is not null);
        if (number is { } value)
            To.Write(value);
    }
}
