
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>A packet that a client has sent, checked by every rule that needs no more than the packet itself.</summary>
internal abstract record ClientPacket;

/// <summary>CONNECT: a client says who it is.</summary>
internal sealed record ConnectPacket : ClientPacket
{
    public const int Version31 = 3;
    public const int Version311 = 4;
    public const int Version5 = 5;

    /// <summary>The expiry of a session that outlives every connection.</summary>
    public const uint NeverExpires = uint.MaxValue;

    /// <summary>3, 4 or 5: the protocol level of MQTT 3.1, 3.1.1 and 5.</summary>
    public required int Version { get; init; }

    /// <summary>The client's id; empty where the broker is to give it one.</summary>
    public required string ClientId { get; init; }

    public required bool CleanStart { get; init; }

    /// <summary>The client's longest silence; 0 where it need not send anything.</summary>
    public required int KeepAliveSeconds { get; init; }

    /// <summary>How long the session outlives the connection; <see cref="NeverExpires"/> = for good.</summary>
    public required uint SessionExpirySeconds { get; init; }

    /// <summary>Messages of QoS 1 and 2 that the client takes before it has acknowledged one.</summary>
    public int ReceiveMaximum { get; init; } = ushort.MaxValue;

    public uint MaximumPacketBytes { get; init; } = uint.MaxValue;

    public BrokerWill? Will { get; init; }

    public string? User { get; init; }

    public byte[]? Password { get; init; }
}

/// <summary>PUBLISH: a message.</summary>
/// <param name="Topic">Empty where <paramref name="Alias"/> stands for it.</param>
/// <param name="Alias">0 = none.</param>
/// <param name="Id">0 for QoS 0.</param>
/// <param name="Properties">As they are to go on to subscribers of MQTT 5.</param>
/// <param name="ExpirySeconds">Null = it does not expire.</param>
internal sealed record PublishPacket(
    string Topic,
    int Alias,
    byte[] Payload,
    int Qos,
    bool Retain,
    bool Duplicate,
    ushort Id,
    byte[] Properties,
    uint? ExpirySeconds) : ClientPacket;

/// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP.</summary>
internal sealed record AcknowledgePacket(PacketType Type, ushort Id, byte Reason) : ClientPacket;

/// <param name="Identifier">Goes out with the messages of these subscriptions; 0 = none.</param>
internal sealed record SubscribePacket(ushort Id, IReadOnlyList<SubscriptionRequest> Requests, uint Identifier) : ClientPacket;

/// <param name="RetainHandling">0 = retained messages come, 1 = for a new subscription, 2 = never.</param>
internal sealed record SubscriptionRequest(string Filter, int Qos, bool NoLocal, bool RetainAsPublished, int RetainHandling);

internal sealed record UnsubscribePacket(ushort Id, IReadOnlyList<string> Filters) : ClientPacket;

internal sealed record PingPacket : ClientPacket;

/// <param name="SessionExpirySeconds">Null = as in CONNECT.</param>
internal sealed record DisconnectPacket(byte Reason, uint? SessionExpirySeconds) : ClientPacket;
