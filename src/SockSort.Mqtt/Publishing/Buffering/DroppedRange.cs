namespace SockSort.Mqtt.Publishing.Buffering;

/// <summary>Positions that the disk buffer has dropped for want of room.</summary>
/// <param name="Unsettled">How many of their messages were not settled.</param>
internal readonly record struct DroppedRange(long First, long Last, long Unsettled);
