namespace SockSort.Log;

/// <summary>A record as it lies in a partition.</summary>
/// <param name="Partition">Of its topic, counted from 0.</param>
/// <param name="Offset">Its place in the partition, counted from 0.</param>
/// <param name="TimestampMs">Milliseconds since 1970 UTC.</param>
/// <param name="Key">Null for none.</param>
/// <param name="Value">Null for none: in a table's topic the key is gone.</param>
/// <param name="Headers">In order; empty for none.</param>
/// <remarks>Large for a value: hand it on by reference.</remarks>
public readonly record struct LogRecord(
    int Partition,
    long Offset,
    long TimestampMs,
    ReadOnlyMemory<byte>? Key,
    ReadOnlyMemory<byte>? Value,
    IReadOnlyList<RecordHeader> Headers)
{
    /// <summary>Bytes of key, value and headers together.</summary>
    public long LengthBytes => (Key?.Length ?? 0L) + (Value?.Length ?? 0) + RecordHeader.LengthBytes(Headers);
}
