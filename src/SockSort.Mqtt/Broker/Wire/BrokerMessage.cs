
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>A message in the broker: one for all its subscribers, and not changed once it is there.</summary>
/// <param name="Qos">As published.</param>
/// <param name="Retain">As published.</param>
/// <param name="Properties">Those of MQTT 5 that go on to subscribers, as bytes.</param>
/// <param name="ExpirySeconds">Null = it does not expire.</param>
/// <param name="Sender">Client id of its publisher.</param>
/// <param name="Time">Says how long it has waited.</param>
/// <param name="ArrivedAt">Timestamp of <paramref name="Time"/>.</param>
internal sealed record BrokerMessage(
    string Topic,
    byte[] Payload,
    int Qos,
    bool Retain,
    byte[] Properties,
    uint? ExpirySeconds,
    string Sender,
    TimeProvider Time,
    long ArrivedAt)
{
    // Of the objects around a message, roughly.
    private const int OverheadBytes = 100;

    /// <summary>The memory that it takes while it waits, about.</summary>
    public int Bytes => Payload.Length + Properties.Length + (2 * Topic.Length) + OverheadBytes;

    /// <summary>[MQTT-3.3.2-5]: it must not be delivered any more.</summary>
    public bool IsExpired(long now) => SecondsLeft(now) == 0;

    /// <summary>What is left of its expiry; null where it does not expire.</summary>
    public uint? SecondsLeft(long now)
    {
        if (ExpirySeconds is not { } seconds)
            return null;
        var waited = Time.GetElapsedTime(ArrivedAt, now).TotalSeconds;
        return waited >= seconds ? 0 : seconds - (uint)waited;
    }
}
