
namespace SockSort.Mqtt.Receiving;

/// <summary>How messages are taken from a connection.</summary>
internal sealed record ReceivingOptions
{
    /// <summary>Gets each message, in order, before the next one is read; room for it is taken.</summary>
    public required Action<MqttMessage> Take { get; init; }

    /// <summary>Is waited for before a payload is read. Whoever has handled a message frees it.</summary>
    public required PendingRoom Room { get; init; }

    /// <summary>The largest payload that is kept whole; of a larger one the head is kept.</summary>
    public required int MaxPayloadBytes { get; init; }

    /// <summary>Zero for none; an MQTT 5 broker may ask for another.</summary>
    public required TimeSpan KeepAlive { get; init; }

    /// <summary>Most messages that may lack their acknowledgement; a broker of MQTT 5 is told.</summary>
    public required int MaxUnacknowledged { get; init; }

    /// <summary>The largest packet that a broker of MQTT 5 is told to send; null for no limit.</summary>
    public int? AnnouncedMaxPacketBytes { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
