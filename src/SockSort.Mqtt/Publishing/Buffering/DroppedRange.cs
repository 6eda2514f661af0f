namespace SockSort.Mqtt.Publishing.Buffering;

/// <summary>A range of positions that the disk buffer has dropped for lack of space.</summary>
/// <param name="Unsettled">The number of messages among them that were not settled.</param>
internal readonly record struct DroppedRange(long First, long Last, long Unsettled);
