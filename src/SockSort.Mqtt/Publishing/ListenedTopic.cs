namespace SockSort.Mqtt.Publishing;

/// <summary>A topic that a publisher listens on beside its own work. What comes while it is away, and is not retained, is missed.</summary>
/// <param name="Topic">Without wildcards.</param>
/// <param name="Received">
/// Gets each payload, and whether the broker had retained it, on the connection's thread: it must return at once.
/// </param>
public sealed record ListenedTopic(string Topic, Action<byte[], bool> Received);
