
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>Reads the packets that a client sends after its CONNECT, and refuses what the standard forbids.</summary>
/// <param name="version">3, 4 or 5, as the client said in CONNECT.</param>
/// <param name="topicAliasMaximum">The highest topic alias that the client may use.</param>
internal sealed class PacketParser(int version, int topicAliasMaximum)
{
    private const int RequiredFlags = 0x02;
    private const int DuplicateFlag = 0x08;
    private const int NoLocalFlag = 0x04;

    private byte[] _lastTopicUtf8 = [];
    private string _lastTopic = "";

    private static ReadOnlySpan<byte> PublishProperties =>
    [
        PropertyId.PayloadFormat, PropertyId.MessageExpiry, PropertyId.TopicAlias, PropertyId.ResponseTopic,
        PropertyId.CorrelationData, PropertyId.UserProperty, PropertyId.ContentType,
    ];

    private static ReadOnlySpan<byte> AcknowledgeProperties => [PropertyId.ReasonString, PropertyId.UserProperty];

    private static ReadOnlySpan<byte> SubscribeProperties => [PropertyId.SubscriptionIdentifier, PropertyId.UserProperty];

    private static ReadOnlySpan<byte> UnsubscribeProperties => [PropertyId.UserProperty];

    private static ReadOnlySpan<byte> DisconnectProperties => [PropertyId.SessionExpiry, PropertyId.ReasonString, PropertyId.UserProperty];

    private bool Is5 => version == ConnectPacket.Version5;

    /// <exception cref="PacketViolation">The packet breaks a rule.</exception>
    public ClientPacket Parse(RawPacket packet)
    {
        CheckFlags(packet);
        var fields = new PacketFields(packet.Body.Span);
        ClientPacket parsed = packet.Type switch
        {
            PacketType.Publish => Publish(packet.Flags, ref fields),
            PacketType.PublishAck or PacketType.PublishReceived or PacketType.PublishRelease or PacketType.PublishComplete =>
                Acknowledge(packet.Type, ref fields),
            PacketType.Subscribe => Subscribe(ref fields),
            PacketType.Unsubscribe => Unsubscribe(ref fields),
            PacketType.Ping => new PingPacket(),
            PacketType.Disconnect => Disconnect(ref fields),
            PacketType.Connect => throw new PacketViolation(PacketRule.SecondConnect),
            PacketType.Authenticate when Is5 => throw new PacketViolation(PacketRule.NoAuthentication),
            _ => throw new PacketViolation(PacketRule.PacketType),
        };
        fields.End();
        return parsed;
    }

    /// <exception cref="PacketViolation">The response topic has a wildcard.</exception>
    public static void CheckResponseTopic(PacketProperties properties)
    {
        if (properties.Text(PropertyId.ResponseTopic) is { } topic && TopicSyntax.HasWildcard(topic))
            throw new PacketViolation(PacketRule.ResponseTopic);
    }

    private void CheckFlags(RawPacket packet)
    {
        if (packet.Type is PacketType.Publish or PacketType.Connect)
            return;
        var isRequired = packet.Type is PacketType.PublishRelease or PacketType.Subscribe or PacketType.Unsubscribe;
        var expected = isRequired ? RequiredFlags : 0;
        // MQTT 3.1 marks these packets too where they are sent again (its sections 3.6, 3.8, 3.10).
        var flags = version == ConnectPacket.Version31 && isRequired ? packet.Flags & ~DuplicateFlag : packet.Flags;
        if (flags != expected)
            throw new PacketViolation(PacketRule.Flags);
    }

    private PacketProperties Properties(ref PacketFields fields, ReadOnlySpan<byte> allowed) =>
        Is5 ? PacketProperties.Read(ref fields, allowed) : PacketProperties.None;

    private PublishPacket Publish(int flags, ref PacketFields fields)
    {
        var qos = (flags >> 1) & 0x03;
        var isDuplicate = (flags & DuplicateFlag) != 0;
        if (qos > 2)
            throw new PacketViolation(PacketRule.PublishQos);
        if (qos == 0 && isDuplicate)
            throw new PacketViolation(PacketRule.DuplicateQos0);
        var topic = Topic(ref fields);
        var id = qos > 0 ? fields.PacketId() : (ushort)0;
        var properties = Properties(ref fields, PublishProperties);
        CheckResponseTopic(properties);
        var alias = (int)(properties.Number(PropertyId.TopicAlias) ?? 0);
        if (alias > topicAliasMaximum)
            throw new PacketViolation(PacketRule.AliasTooHigh);
        if (topic.Length == 0 && alias == 0)
            throw new PacketViolation(PacketRule.EmptyTopic);
        var payload = fields.Take(fields.Rest.Length).ToArray();
        return new PublishPacket(topic, alias, payload, qos, (flags & 0x01) != 0, isDuplicate, id,
            properties.Forwarded, properties.Number(PropertyId.MessageExpiry));
    }

    /// <summary>Most clients publish to one topic: the one before is not read and checked once more.</summary>
    private string Topic(ref PacketFields fields)
    {
        var ahead = fields;
        var utf8 = ahead.Binary();
        if (utf8.SequenceEqual(_lastTopicUtf8))
        {
            fields = ahead;
            return _lastTopic;
        }
        var topic = fields.Text();
        if (TopicSyntax.HasWildcard(topic))
            throw new PacketViolation(PacketRule.TopicWildcard);
        (_lastTopicUtf8, _lastTopic) = (utf8.ToArray(), topic);
        return topic;
    }

    private AcknowledgePacket Acknowledge(PacketType type, ref PacketFields fields)
    {
        var id = fields.PacketId();
        // Both may be left out, from the end.
        var reason = Is5 && !fields.Rest.IsEmpty ? fields.Byte() : ReasonCode.Success;
        if (!fields.Rest.IsEmpty)
            _ = Properties(ref fields, AcknowledgeProperties);
        return new AcknowledgePacket(type, id, reason);
    }

    private SubscribePacket Subscribe(ref PacketFields fields)
    {
        var id = fields.PacketId();
        var properties = Properties(ref fields, SubscribeProperties);
        var requests = new List<SubscriptionRequest>();
        while (!fields.Rest.IsEmpty)
            requests.Add(Request(ref fields));
        if (requests.Count == 0)
            throw new PacketViolation(PacketRule.EmptySubscribe);
        return new SubscribePacket(id, requests, properties.Number(PropertyId.SubscriptionIdentifier) ?? 0);
    }

    private SubscriptionRequest Request(ref PacketFields fields)
    {
        var filter = fields.Text();
        TopicSyntax.CheckFilter(filter);
        var options = fields.Byte();
        var qos = options & 0x03;
        var retainHandling = (options >> 4) & 0x03;
        if ((options & (Is5 ? 0xC0 : 0xFC)) != 0)
            throw new PacketViolation(PacketRule.SubscribeBits);
        if (qos > 2)
            throw new PacketViolation(PacketRule.SubscribeQos);
        if (retainHandling > 2)
            throw new PacketViolation(PacketRule.RetainHandling);
        if ((options & NoLocalFlag) != 0 && TopicSyntax.IsShared(filter))
            throw new PacketViolation(PacketRule.SharedNoLocal);
        return new SubscriptionRequest(filter, qos, (options & NoLocalFlag) != 0, (options & 0x08) != 0, retainHandling);
    }

    private UnsubscribePacket Unsubscribe(ref PacketFields fields)
    {
        var id = fields.PacketId();
        _ = Properties(ref fields, UnsubscribeProperties);
        var filters = new List<string>();
        while (!fields.Rest.IsEmpty)
        {
            var filter = fields.Text();
            TopicSyntax.CheckFilter(filter);
            filters.Add(filter);
        }
        return filters.Count > 0 ? new UnsubscribePacket(id, filters) : throw new PacketViolation(PacketRule.EmptyUnsubscribe);
    }

    private DisconnectPacket Disconnect(ref PacketFields fields)
    {
        var reason = Is5 && !fields.Rest.IsEmpty ? fields.Byte() : ReasonCode.Success;
        var properties = fields.Rest.IsEmpty ? PacketProperties.None : Properties(ref fields, DisconnectProperties);
        return new DisconnectPacket(reason, properties.Number(PropertyId.SessionExpiry));
    }
}
