using System.Buffers.Binary;
using SockSort.Mqtt.Broker.Wire;
using SockSort.Mqtt.Publishing.Buffering;

namespace SockSort.Mqtt.Broker.Keeping;

/// <summary>Reads what <see cref="StateWriter"/> has written.</summary>
internal sealed class StateReader
{
    private readonly KeptClock _clock;
    private readonly KeptState _state = new();
    private readonly Dictionary<long, BrokerMessage> _messages = [];
    private BinaryReader _from = new(Stream.Null);

    private StateReader(KeptClock clock) => _clock = clock;

    /// <summary>Reads a file, as far as it is whole.</summary>
    public static StateReading Read(Stream file, KeptClock clock)
    {
        var reader = new StateReader(clock);
        while (file.Position < file.Length)
        {
            var at = file.Position;
            var entry = EntryAt(file);
            var body = BufferEntry.BodyOf(entry);
            if (!body.IsEmpty && reader.TryTake(body, isFirst: at == 0))
                continue;
            // What a power cut leaves behind the last whole entry: a part of one, or zeros.
            var isCut = entry is null || (!entry.AsSpan().ContainsAnyExcept((byte)0) && IsZero(file));
            return new StateReading(reader._state, at, isCut);
        }
        return new StateReading(reader._state, null, IsCut: false);
    }

    /// <summary>Returns the next entry with its header; null where the file ends before the entry does.</summary>
    private static byte[]? EntryAt(Stream file)
    {
        var left = file.Length - file.Position;
        var header = new byte[BufferEntry.HeaderBytes];
        if (left < header.Length)
            return null;
        file.ReadExactly(header);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (length > left - header.Length || length > Array.MaxLength - header.Length)
            return null;
        var entry = new byte[header.Length + length];
        header.CopyTo(entry, 0);
        file.ReadExactly(entry.AsSpan(header.Length));
        return entry;
    }

    private static bool IsZero(Stream file)
    {
        var part = new byte[1 << 16];
        for (int read; (read = file.Read(part)) > 0;)
        {
            if (part.AsSpan(0, read).ContainsAnyExcept((byte)0))
                return false;
        }
        return true;
    }

    private bool TryTake(ReadOnlySpan<byte> body, bool isFirst)
    {
        _from = new BinaryReader(new MemoryStream(body.ToArray(), writable: false));
        var kind = (EntryKind)_from.ReadByte();
        try
        {
            if (isFirst || kind == EntryKind.Version)
                return kind == EntryKind.Version && _from.ReadInt32() == StateWriter.Version;
            if (kind == EntryKind.Message)
                _messages[_from.ReadInt64()] = Message();
            else
                _state.Apply(Change(kind));
            return true;
        }
        catch (Exception error) when (error is IOException or KeyNotFoundException or FormatException or ArgumentException)
        {
            // Its checksum is right, so another program has written it.
            return false;
        }
    }

    private StateChange Change(EntryKind kind)
    {
        var name = _from.ReadString();
        return kind switch
        {
            EntryKind.RetainedSet => new RetainedSet(name, _from.ReadBoolean() ? Message() : null),
            EntryKind.SessionOpened => new SessionOpened(name, Text(), _from.ReadUInt32(), Will()),
            EntryKind.SessionLeft => new SessionLeft(name, _from.ReadUInt32(), Time(), Will()),
            EntryKind.SessionEnded => new SessionEnded(name),
            EntryKind.WillPublished => new WillPublished(name),
            EntryKind.Subscribed => new Subscribed(name, Request(), _from.ReadUInt32(), _from.ReadBoolean()),
            EntryKind.Unsubscribed => new Unsubscribed(name, _from.ReadString()),
            EntryKind.RetainedGiven => new RetainedGiven(name, _from.ReadString()),
            EntryKind.DeliveryAdded => new DeliveryAdded(name, Delivery()),
            EntryKind.DeliverySent => new DeliverySent(name, _from.ReadInt64(), _from.ReadUInt16()),
            EntryKind.DeliveryReceived => new DeliveryReceived(name, _from.ReadInt64()),
            EntryKind.DeliveryDone => new DeliveryDone(name, _from.ReadInt64()),
            EntryKind.PublishArrived => new PublishArrived(name, _from.ReadUInt16()),
            EntryKind.PublishReleased => new PublishReleased(name, _from.ReadUInt16()),
            _ => throw new FormatException(),
        };
    }

    private SubscriberMessage Delivery()
    {
        var number = _from.ReadInt64();
        var message = _messages[_from.ReadInt64()];
        var (qos, retain) = (_from.ReadByte(), _from.ReadBoolean());
        var identifiers = new uint[_from.ReadUInt16()];
        for (var i = 0; i < identifiers.Length; i++)
            identifiers[i] = _from.ReadUInt32();
        return new SubscriberMessage(message, qos, retain, identifiers, Text()) { Number = number };
    }

    private BrokerMessage Message() => new(_from.ReadString(), Bytes(), _from.ReadByte(), _from.ReadBoolean(), Bytes(), Number(),
        _from.ReadString(), _clock.Time, _clock.TimestampOf(Time()));

    private BrokerWill? Will() => _from.ReadBoolean()
        ? new BrokerWill(_from.ReadString(), Bytes(), _from.ReadByte(), _from.ReadBoolean(), Bytes(), Number(), _from.ReadUInt32())
        : null;

    private SubscriptionRequest Request() =>
        new(_from.ReadString(), _from.ReadByte(), _from.ReadBoolean(), _from.ReadBoolean(), _from.ReadByte());

    private byte[] Bytes() => _from.ReadBytes(_from.ReadInt32());

    private string? Text() => _from.ReadBoolean() ? _from.ReadString() : null;

    private uint? Number() => _from.ReadBoolean() ? _from.ReadUInt32() : null;

    private DateTimeOffset Time() => DateTimeOffset.FromUnixTimeMilliseconds(_from.ReadInt64());
}
