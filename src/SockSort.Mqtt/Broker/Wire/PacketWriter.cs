using System.Buffers.Binary;
using System.Text;

namespace SockSort.Mqtt.Broker.Wire;

/// <summary>Writes the broker's packets, one behind the other, into memory that is sent at once.</summary>
/// <param name="version">3, 4 or 5, as the client speaks.</param>
internal sealed class PacketWriter(int version)
{
    private const int BeginBytes = 4 * 1024;

    // What one large message has needed is not kept for the small ones.
    private const int MostKeptBytes = 256 * 1024;
    private const byte RequiredFlags = 0x02;

    private static readonly PropertyWriter NoProperties = new();

    private byte[] _bytes = new byte[BeginBytes];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    private bool Is5 => version == ConnectPacket.Version5;

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > MostKeptBytes)
            _bytes = new byte[BeginBytes];
    }

    /// <param name="welcome">What MQTT 5 tells a client beyond the code.</param>
    public void ConnectAck(bool sessionPresent, byte code, BrokerWelcome? welcome, string? reason = null)
    {
        var properties = new PropertyWriter();
        if (welcome is not null)
            welcome.WriteTo(properties);
        if (reason is not null)
            properties.Text(PropertyId.ReasonString, reason);
        // MQTT 3.1 knows no such flag.
        var presence = (byte)(sessionPresent && version > ConnectPacket.Version31 ? 1 : 0);
        if (Is5)
            Short(PacketType.ConnectAck, 0, [presence, code], properties);
        else
            Short(PacketType.ConnectAck, 0, [presence, OldCode(code)], null);
    }

    /// <summary>Bytes that the message's packet has in all: MQTT 5's clients may say how many they take.</summary>
    public int SizeOf(SubscriberMessage delivery, long now)
    {
        var body = BodyLength(delivery, PropertiesOf(delivery, now));
        return 1 + VariableBytes(body) + body;
    }

    public void Publish(SubscriberMessage delivery, ushort id, bool isDuplicate, long now)
    {
        var properties = PropertiesOf(delivery, now);
        var flags = delivery.Qos << 1;
        if (delivery.Retain)
            flags |= 1;
        if (isDuplicate)
            flags |= 8;
        Begin(PacketType.Publish, (byte)flags, BodyLength(delivery, properties));
        WriteText(delivery.Message.Topic);
        if (delivery.Qos > 0)
            WriteTwoBytes(id);
        if (properties is not null)
            Properties(properties);
        Write(delivery.Message.Payload);
    }

    public void Acknowledge(PacketType type, ushort id, byte code)
    {
        var flags = type == PacketType.PublishRelease ? RequiredFlags : (byte)0;
        byte[] body = Is5 && code != ReasonCode.Success ? [(byte)(id >> 8), (byte)id, code] : [(byte)(id >> 8), (byte)id];
        Begin(type, flags, body.Length);
        Write(body);
    }

    /// <param name="codes">One a filter, in their order [MQTT-3.8.4-6], as MQTT 5 has them.</param>
    public void SubscribeAck(ushort id, IReadOnlyList<byte> codes) =>
        // MQTT 3.1.1 has one code for all that is refused.
        Answer(PacketType.SubscribeAck, id, Is5 ? codes : [.. codes.Select(code => Math.Min(code, ReasonCode.FirstError))]);

    public void UnsubscribeAck(ushort id, IReadOnlyList<byte> codes) =>
        Answer(PacketType.UnsubscribeAck, id, Is5 ? codes : []);

    public void PingAck() => Begin(PacketType.PingAck, 0, 0);

    /// <summary>MQTT 5 only: the other versions' brokers just close.</summary>
    public void Disconnect(byte code, string? reason)
    {
        var properties = new PropertyWriter();
        if (reason is not null)
            properties.Text(PropertyId.ReasonString, reason);
        Short(PacketType.Disconnect, 0, [code], properties);
    }

    private void Answer(PacketType type, ushort id, IReadOnlyList<byte> codes)
    {
        Begin(type, 0, 2 + (Is5 ? 1 : 0) + codes.Count);
        WriteTwoBytes(id);
        if (Is5)
            Write([0]);
        foreach (var code in codes)
            Write([code]);
    }

    private void Short(PacketType type, byte flags, ReadOnlySpan<byte> body, PropertyWriter? properties)
    {
        Begin(type, flags, body.Length + (properties is null ? 0 : Length5(properties)));
        Write(body);
        if (properties is not null)
            Properties(properties);
    }

    // Section 3.2.2.3 of MQTT 3.1.1.
    private static byte OldCode(byte code) => code switch
    {
        ReasonCode.Success => 0,
        ReasonCode.UnsupportedVersion => 1,
        ReasonCode.ClientIdNotValid => 2,
        ReasonCode.BadUserOrPassword => 4,
        ReasonCode.NotAuthorized => 5,
        _ => 3,
    };

    private PropertyWriter? PropertiesOf(SubscriberMessage delivery, long now)
    {
        if (!Is5)
            return null;
        var message = delivery.Message;
        if (message.Properties.Length == 0 && message.ExpirySeconds is null && delivery.Identifiers.Count == 0)
            return NoProperties;
        var properties = new PropertyWriter();
        // [MQTT-3.3.2-6]: less the time that it has waited here.
        if (message.SecondsLeft(now) is { } seconds)
            properties.FourBytes(PropertyId.MessageExpiry, seconds);
        properties.Raw(message.Properties);
        foreach (var identifier in delivery.Identifiers)
            properties.Variable(PropertyId.SubscriptionIdentifier, identifier);
        return properties;
    }

    private static int BodyLength(SubscriberMessage delivery, PropertyWriter? properties) =>
        2 + Encoding.UTF8.GetByteCount(delivery.Message.Topic) + (delivery.Qos > 0 ? 2 : 0)
        + (properties is null ? 0 : Length5(properties)) + delivery.Message.Payload.Length;

    private static int Length5(PropertyWriter properties) => VariableBytes(properties.Written.Length) + properties.Written.Length;

    private static int VariableBytes(int value) => value switch
    {
        < 1 << 7 => 1,
        < 1 << 14 => 2,
        < 1 << 21 => 3,
        _ => 4,
    };

    private void Begin(PacketType type, byte flags, int bodyLength)
    {
        Reserve(1 + 4 + bodyLength);
        _bytes[Length++] = (byte)(((int)type << 4) | flags);
        WriteVariable(bodyLength);
    }

    private void Properties(PropertyWriter properties)
    {
        WriteVariable(properties.Written.Length);
        Write(properties.Written);
    }

    private void WriteVariable(int value)
    {
        do
        {
            var low = (byte)(value & 0x7F);
            value >>= 7;
            _bytes[Length++] = value > 0 ? (byte)(low | 0x80) : low;
        }
        while (value > 0);
    }

    private void WriteText(string text)
    {
        var length = Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length + 2));
        WriteTwoBytes(length);
        Length += length;
    }

    private void WriteTwoBytes(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(Length), (ushort)value);
        Length += 2;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    private void Reserve(int more)
    {
        if (Length + more > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + more));
    }
}
