namespace SockSort.Mqtt.Publishing;

/// <summary>The state of a publisher's disk buffer.</summary>
/// <param name="Restored">The number of messages that an earlier start has left to be sent.</param>
/// <param name="Unconfirmed">
/// Messages that the broker has acknowledged, and that were dropped for lack of space before a receiver confirmed them.
/// </param>
/// <param name="Bytes">The size of the buffer on disk, in bytes.</param>
/// <param name="Torn">The number of files whose end was cut off or damaged at the start; the messages there are lost.</param>
/// <param name="Problem">
/// The reason why the latest message could not be written to disk, and is in memory only; null where it was written.
/// </param>
public sealed record BufferStatus(long Restored, long Unconfirmed, long Bytes, int Torn, string? Problem);
