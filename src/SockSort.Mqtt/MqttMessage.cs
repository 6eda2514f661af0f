
namespace SockSort.Mqtt;

/// <summary>A message as it came from a publisher or broker.</summary>
/// <param name="Payload">
/// Any bytes; the receiver may keep them. Of a message over the receiver's limit its first 1024 bytes: see <see cref="IsCut"/>.
/// </param>
/// <param name="Qos">0, 1 or 2.</param>
/// <param name="Duplicate">The sender says that it may have sent the message before.</param>
/// <param name="Id">The packet identifier; 0 where the message has none (QoS 0, a last will).</param>
public sealed record MqttMessage(string Topic, ReadOnlyMemory<byte> Payload, int Qos, bool Retained, bool Duplicate, int Id)
{
    /// <summary>Bytes of the payload as it was sent.</summary>
    public long FullBytes { get; init; } = Payload.Length;

    /// <summary>The payload was over the receiver's limit, and only its head was kept.</summary>
    public bool IsCut => FullBytes > Payload.Length;
}
