namespace SockSort.Log;

/// <summary>A record to be appended. Its memory must not change until the append has completed.</summary>
/// <param name="Key">Any bytes, or null for none.</param>
/// <param name="Value">Any bytes, or null (in a table's topic: the key is gone).</param>
/// <param name="TimestampMs">Milliseconds since 1970 UTC; null is the time of the append.</param>
/// <param name="Headers">Null is none.</param>
public sealed record NewRecord(
    ReadOnlyMemory<byte>? Key,
    ReadOnlyMemory<byte>? Value,
    long? TimestampMs = null,
    IReadOnlyList<RecordHeader>? Headers = null)
{
    /// <summary>Most <see cref="LengthBytes"/> of a record: 64 MiB.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>Bytes of key, value and headers together.</summary>
    internal long LengthBytes
    {
        get
        {
            long length = (Key?.Length ?? 0) + (Value?.Length ?? 0);
            if (Headers is not { Count: > 0 } headers)
                return length;
            foreach (var header in headers)
                length += header.Name.Length + (header.Value?.Length ?? 0);
            return length;
        }
    }
}
