namespace SockSort.Mqtt.Publishing;

/// <summary>A message that a broker keeps for clients that come later.</summary>
/// <param name="Payload">Must not change.</param>
public sealed record RetainedMessage(string Topic, byte[] Payload);
