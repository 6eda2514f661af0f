
namespace SockSort.Mqtt.Receiving;

/// <summary>How messages are taken from a connection.</summary>
internal sealed record ReceivingOptions
{
    /// <summary>Gets each message, in order, before the next one is read; room for it is taken.</summary>
    public required Action<MqttMessage> Take { get; init; }

    /// <summary>Is waited for before a payload is read. Whoever has handled a message frees it.</summary>
    public required PendingRoom Room { get; init; }

    /// <summary>Of a larger payload only the head is kept.</summary>
    public required int MaxPayloadBytes { get; init; }

    /// <summary>Zero for none; an MQTT 5 broker may ask for another.</summary>
    public required TimeSpan KeepAlive { get; init; }

    /// <summary>Told to an MQTT 5 broker.</summary>
    public required int MaxUnacknowledged { get; init; }

    /// <summary>Told to an MQTT 5 broker; null for no limit.</summary>
    public int? AnnouncedMaxPacketBytes { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
