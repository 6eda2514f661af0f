namespace SockSort.Mqtt.Publishing;

/// <summary>How a publisher's disk buffer stands.</summary>
/// <param name="Restored">Messages that an earlier start has left, and that are sent now.</param>
/// <param name="Unconfirmed">
/// Messages that the broker has acknowledged, and that went for want of room before their receiver confirmed them.
/// </param>
/// <param name="Bytes">On disk.</param>
/// <param name="Torn">Files whose end was cut off or damaged at the start: what stood there is lost.</param>
/// <param name="Problem">Why the latest message could not be put on disk, and waits in memory only; null where it could.</param>
public sealed record BufferStatus(long Restored, long Unconfirmed, long Bytes, int Torn, string? Problem);
