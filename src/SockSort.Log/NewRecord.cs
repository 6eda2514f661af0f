namespace SockSort.Log;

/// <summary>
/// A record to append; its partition assigns the offset. Its memory must not change until the append has completed.
/// </summary>
/// <param name="Key">Any bytes; null for none.</param>
/// <param name="Value">Any bytes; null for none, which in a table's topic is a tombstone.</param>
/// <param name="TimestampMs">Milliseconds since 1970 UTC; null for the time of the append.</param>
/// <param name="Headers">The headers in order; null for none.</param>
public readonly record struct NewRecord(
    ReadOnlyMemory<byte>? Key,
    ReadOnlyMemory<byte>? Value,
    long? TimestampMs = null,
    IReadOnlyList<RecordHeader>? Headers = null)
{
    /// <summary>The largest <see cref="LengthBytes"/> of a record in a log on this machine: 64 MiB.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>The headers in order; empty for none.</summary>
    public IReadOnlyList<RecordHeader> Headers { get; init; } = Headers ?? RecordHeader.None;

    /// <summary>The length of key, value and headers together, in bytes.</summary>
    public long LengthBytes => (Key?.Length ?? 0L) + (Value?.Length ?? 0) + RecordHeader.LengthBytes(Headers);

    /// <summary>Makes a record of arrays; null stands for no key, value or headers.</summary>
    /// <inheritdoc cref="NewRecord(ReadOnlyMemory{byte}?, ReadOnlyMemory{byte}?, long?, IReadOnlyList{RecordHeader}?)"/>
    public static NewRecord Of(long timestampMs, byte[]? key, byte[]? value, IReadOnlyList<RecordHeader>? headers = null) =>
        new(Memory(key), Memory(value), timestampMs, headers);

    /// <summary>
    /// Converts an array and keeps null as null. The language's own conversion would turn null, which means no value, into an empty value.
    /// </summary>
    public static ReadOnlyMemory<byte>? Memory(byte[]? bytes) =>
        bytes is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(bytes);
}
