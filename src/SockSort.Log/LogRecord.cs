namespace SockSort.Log;

/// <summary>A record that is stored in a partition.</summary>
/// <param name="Partition">The number of the partition within its topic, counted from 0.</param>
/// <param name="Offset">The record's position in the partition, counted from 0.</param>
/// <param name="TimestampMs">Milliseconds since 1970 UTC.</param>
/// <param name="Key">The key; null for none.</param>
/// <param name="Value">The value; null for none, which in a table's topic is a tombstone.</param>
/// <param name="Headers">The headers in order; empty for none.</param>
/// <remarks>The struct is large: pass it by reference.</remarks>
public readonly record struct LogRecord(
    int Partition,
    long Offset,
    long TimestampMs,
    ReadOnlyMemory<byte>? Key,
    ReadOnlyMemory<byte>? Value,
    IReadOnlyList<RecordHeader> Headers)
{
    /// <summary>The length of key, value and headers together, in bytes.</summary>
    public long LengthBytes => (Key?.Length ?? 0L) + (Value?.Length ?? 0) + RecordHeader.LengthBytes(Headers);
}
