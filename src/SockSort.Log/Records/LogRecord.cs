namespace SockSort.Log;

/// <summary>A stored record.</summary>
/// <param name="Offset">Its place in the partition, counted from 0 without gaps.</param>
/// <param name="TimestampMs">Milliseconds since 1970 UTC.</param>
/// <param name="Key">A view of the batch it was read with; null for none.</param>
/// <param name="Value">As <paramref name="Key"/>.</param>
public sealed record LogRecord(
    string Topic,
    int Partition,
    long Offset,
    long TimestampMs,
    ReadOnlyMemory<byte>? Key,
    ReadOnlyMemory<byte>? Value,
    IReadOnlyList<RecordHeader> Headers);
