using System.Text;

namespace SockSort.Mqtt.Broker.Wire;

/// <summary>Reads CONNECT (section 3.1 of both versions; MQTT 3.1 differs in its name and level).</summary>
internal static class ConnectParser
{
    private const string Name = "MQTT";
    private const string OldName = "MQIsdp";

    // Mosquitto's bridges set it to say that they are bridges, and come again without it where they are refused.
    private const int BridgeBit = 0x80;

    // RFC 8446, section 5.1: the content type that TLS begins with. It looks like a CONNECT with flags.
    private const byte TlsHandshake = 0x16;

    private static ReadOnlySpan<byte> Properties =>
    [
        PropertyId.SessionExpiry, PropertyId.ReceiveMaximum, PropertyId.MaximumPacketSize, PropertyId.TopicAliasMaximum,
        PropertyId.RequestResponseInformation, PropertyId.RequestProblemInformation, PropertyId.UserProperty,
        PropertyId.AuthenticationMethod, PropertyId.AuthenticationData,
    ];

    private static ReadOnlySpan<byte> WillProperties =>
    [
        PropertyId.WillDelay, PropertyId.PayloadFormat, PropertyId.MessageExpiry, PropertyId.ContentType, PropertyId.ResponseTopic,
        PropertyId.CorrelationData, PropertyId.UserProperty,
    ];

    /// <summary>The version that a first packet speaks, for the answer to one that is wrong further on.</summary>
    /// <returns>3, 4 or 5; 5 also for later ones, 4 for earlier ones; null where its beginning is no CONNECT's.</returns>
    public static int? VersionOf(RawPacket packet)
    {
        var body = packet.Body.Span;
        if (packet.Type != PacketType.Connect || body.Length < 3)
            return null;
        var at = 2 + (body[0] << 8) + body[1];
        if (at >= body.Length || Encoding.UTF8.GetString(body[2..at]) is not (Name or OldName))
            return null;
        var level = body[at];
        var isNew = level >= ConnectPacket.Version5 && level < BridgeBit;
        return isNew ? ConnectPacket.Version5 : Math.Clamp((int)level, ConnectPacket.Version31, ConnectPacket.Version311);
    }

    /// <exception cref="PacketViolation">It is no CONNECT as the standard writes it.</exception>
    public static ConnectPacket Parse(RawPacket packet)
    {
        if (packet.Type != PacketType.Connect)
            throw new PacketViolation(PacketRule.FirstNotConnect);
        if (packet.Header == TlsHandshake)
            throw new PacketViolation(PacketRule.Tls);
        if (packet.Flags != 0)
            throw new PacketViolation(PacketRule.Flags);
        var fields = new PacketFields(packet.Body.Span);
        var version = Version(fields.Text(), fields.Byte());
        var flags = new Flags(fields.Byte(), version);
        var keepAlive = fields.TwoBytes();
        var properties = version == ConnectPacket.Version5 ? PacketProperties.Read(ref fields, Properties) : PacketProperties.None;
        CheckAuthentication(properties);
        var clientId = fields.Text();
        if (clientId.Length == 0 && !flags.CleanStart && version != ConnectPacket.Version5)
            throw new PacketViolation(PacketRule.EmptyClientId);
        var connect = new ConnectPacket
        {
            Version = version,
            ClientId = clientId,
            CleanStart = flags.CleanStart,
            KeepAliveSeconds = keepAlive,
            SessionExpirySeconds = Expiry(version, flags.CleanStart, properties),
            ReceiveMaximum = (int)(properties.Number(PropertyId.ReceiveMaximum) ?? ushort.MaxValue),
            MaximumPacketBytes = properties.Number(PropertyId.MaximumPacketSize) ?? uint.MaxValue,
            Will = flags.HasWill ? Will(ref fields, flags, version) : null,
            User = flags.HasUser ? fields.Text() : null,
            Password = flags.HasPassword ? fields.Binary().ToArray() : null,
        };
        fields.End();
        return connect;
    }

    private static int Version(string name, int level) => (name, level) switch
    {
        (Name, ConnectPacket.Version311 or ConnectPacket.Version5) => level,
        (OldName, ConnectPacket.Version31) => level,
        (Name or OldName, _) => throw new PacketViolation(PacketRule.ProtocolLevel),
        _ => throw new PacketViolation(PacketRule.ProtocolName),
    };

    private static void CheckAuthentication(PacketProperties properties)
    {
        if (properties.Has(PropertyId.AuthenticationMethod))
            throw new PacketViolation(PacketRule.AuthenticationMethod);
        if (properties.Has(PropertyId.AuthenticationData))
            throw new PacketViolation(PacketRule.NoAuthentication);
    }

    // Before MQTT 5 a session lasts for good or as long as its connection.
    private static uint Expiry(int version, bool cleanStart, PacketProperties properties)
    {
        if (version == ConnectPacket.Version5)
            return properties.Number(PropertyId.SessionExpiry) ?? 0;
        return cleanStart ? 0 : ConnectPacket.NeverExpires;
    }

    private static BrokerWill Will(ref PacketFields fields, Flags flags, int version)
    {
        var properties = version == ConnectPacket.Version5 ? PacketProperties.Read(ref fields, WillProperties) : PacketProperties.None;
        PacketParser.CheckResponseTopic(properties);
        var topic = fields.Text();
        if (topic.Length == 0 || TopicSyntax.HasWildcard(topic))
            throw new PacketViolation(PacketRule.WillTopic);
        return new BrokerWill(topic, fields.Binary().ToArray(), flags.WillQos, flags.WillRetain, properties.Forwarded,
            properties.Number(PropertyId.MessageExpiry), properties.Number(PropertyId.WillDelay) ?? 0);
    }

    /// <summary>The byte of flags, checked.</summary>
    private readonly struct Flags
    {
        private readonly byte _flags;

        public Flags(byte flags, int version)
        {
            _flags = flags;
            if ((flags & 0x01) != 0)
                throw new PacketViolation(PacketRule.ConnectFlag);
            if (WillQos > 2)
                throw new PacketViolation(PacketRule.WillQos);
            if (!HasWill && WillQos > 0)
                throw new PacketViolation(PacketRule.QosWithoutWill);
            if (!HasWill && WillRetain)
                throw new PacketViolation(PacketRule.RetainWithoutWill);
            if (HasPassword && !HasUser && version != ConnectPacket.Version5)
                throw new PacketViolation(PacketRule.PasswordWithoutUser);
        }

        public bool CleanStart => (_flags & 0x02) != 0;
        public bool HasWill => (_flags & 0x04) != 0;
        public int WillQos => (_flags >> 3) & 0x03;
        public bool WillRetain => (_flags & 0x20) != 0;
        public bool HasPassword => (_flags & 0x40) != 0;
        public bool HasUser => (_flags & 0x80) != 0;
    }
}
