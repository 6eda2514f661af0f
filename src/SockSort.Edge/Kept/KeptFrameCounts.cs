namespace SockSort.Edge.Kept;

/// <summary>What is kept at one moment.</summary>
/// <param name="Frames">Frames that are kept.</param>
/// <param name="Bytes">Bytes of their pictures.</param>
/// <param name="MostBytes">Most bytes that are kept.</param>
/// <param name="Evicted">Frames that made room for newer ones since the start.</param>
/// <param name="Oldest">When the oldest kept frame was captured, UTC; null while none is kept.</param>
public readonly record struct KeptFrameCounts(int Frames, long Bytes, long MostBytes, long Evicted, DateTimeOffset? Oldest);
