
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>The properties of one packet of MQTT 5, checked.</summary>
internal sealed class PacketProperties
{
    /// <summary>A packet without any, and every packet of the versions before 5.</summary>
    public static readonly PacketProperties None = new();

    private readonly Dictionary<byte, uint> _numbers = [];
    private readonly Dictionary<byte, string> _texts = [];
    private readonly HashSet<byte> _seen = [];
    private readonly List<byte> _forwarded = [];

    /// <summary>
    /// The properties that a message takes along to its subscribers, as they came: [MQTT-3.3.2-15] to [MQTT-3.3.2-18], [MQTT-3.3.2-20].
    /// </summary>
    public byte[] Forwarded => [.. _forwarded];

    /// <param name="fields">Stands before the length of the properties.</param>
    /// <param name="allowed">The ids that the packet may have.</param>
    /// <exception cref="PacketViolation">One is not allowed, is twice, or has no value of its kind.</exception>
    public static PacketProperties Read(ref PacketFields fields, ReadOnlySpan<byte> allowed)
    {
        var block = new PacketFields(fields.Take(fields.Variable()));
        if (block.Rest.IsEmpty)
            return None;
        var properties = new PacketProperties();
        while (!block.Rest.IsEmpty)
            properties.ReadOne(ref block, allowed);
        return properties;
    }

    /// <summary>Value of a property that is a number; null where the packet does not have it.</summary>
    public uint? Number(byte id) => _numbers.TryGetValue(id, out var value) ? value : null;

    public string? Text(byte id) => _texts.GetValueOrDefault(id);

    public bool Has(byte id) => _seen.Contains(id);

    private void ReadOne(ref PacketFields block, ReadOnlySpan<byte> allowed)
    {
        var before = block.Rest;
        var id = block.Byte();
        if (id == PropertyId.SubscriptionIdentifier && allowed.Contains(PropertyId.TopicAlias))
            throw new PacketViolation(PacketRule.SubscriptionIdentifier);
        if (!allowed.Contains(id))
            throw new PacketViolation(PacketRule.UnknownProperty);
        if (!_seen.Add(id) && id != PropertyId.UserProperty)
            throw new PacketViolation(PacketRule.PropertyTwice);
        ReadValue(ref block, id);
        if (IsForwarded(id))
            _forwarded.AddRange(before[..(before.Length - block.Rest.Length)]);
    }

    private void ReadValue(ref PacketFields block, byte id)
    {
        switch (id)
        {
            case PropertyId.PayloadFormat or PropertyId.RequestProblemInformation or PropertyId.RequestResponseInformation:
                _numbers[id] = Within(block.Byte(), 0, 1);
                break;
            case PropertyId.MessageExpiry or PropertyId.SessionExpiry or PropertyId.WillDelay:
                _numbers[id] = block.FourBytes();
                break;
            case PropertyId.MaximumPacketSize:
                _numbers[id] = Within(block.FourBytes(), 1, uint.MaxValue);
                break;
            case PropertyId.ReceiveMaximum:
                _numbers[id] = Within(block.TwoBytes(), 1, uint.MaxValue);
                break;
            case PropertyId.TopicAliasMaximum:
                _numbers[id] = block.TwoBytes();
                break;
            case PropertyId.TopicAlias:
                _numbers[id] = Positive(block.TwoBytes(), PacketRule.AliasZero);
                break;
            case PropertyId.SubscriptionIdentifier:
                _numbers[id] = Positive(block.Variable(), PacketRule.SubscriptionIdZero);
                break;
            case PropertyId.CorrelationData or PropertyId.AuthenticationData:
                _ = block.Binary();
                break;
            case PropertyId.UserProperty:
                _ = block.Text();
                _ = block.Text();
                break;
            default:
                _texts[id] = block.Text();
                break;
        }
    }

    private static bool IsForwarded(byte id) => id is PropertyId.PayloadFormat or PropertyId.ContentType
        or PropertyId.ResponseTopic or PropertyId.CorrelationData or PropertyId.UserProperty;

    private static uint Positive(int value, PacketRule otherwise) => value > 0 ? (uint)value : throw new PacketViolation(otherwise);

    private static uint Within(uint value, uint least, uint most) =>
        value >= least && value <= most ? value : throw new PacketViolation(PacketRule.PropertyValue);
}
