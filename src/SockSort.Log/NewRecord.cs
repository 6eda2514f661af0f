namespace SockSort.Log;

/// <summary>
/// A record to be appended; its partition gives it its offset. Its memory must not change until the append has completed.
/// </summary>
/// <param name="Key">Any bytes, or null for none.</param>
/// <param name="Value">Any bytes, or null (in a table's topic: the key is gone).</param>
/// <param name="TimestampMs">Milliseconds since 1970 UTC; null is the time of the append.</param>
/// <param name="Headers">In order; null is none.</param>
public sealed record NewRecord(
    ReadOnlyMemory<byte>? Key,
    ReadOnlyMemory<byte>? Value,
    long? TimestampMs = null,
    IReadOnlyList<RecordHeader>? Headers = null)
{
    /// <summary>Most <see cref="LengthBytes"/> of a record in a log on this machine: 64 MiB.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>In order; empty for none.</summary>
    public IReadOnlyList<RecordHeader> Headers { get; init; } = Headers ?? RecordHeader.None;

    /// <summary>Bytes of key, value and headers together.</summary>
    public long LengthBytes => (Key?.Length ?? 0L) + (Value?.Length ?? 0) + RecordHeader.LengthBytes(Headers);

    /// <summary>A record of arrays, any of which may be null for none.</summary>
    /// <inheritdoc cref="NewRecord(ReadOnlyMemory{byte}?, ReadOnlyMemory{byte}?, long?, IReadOnlyList{RecordHeader}?)"/>
    public static NewRecord Of(long timestampMs, byte[]? key, byte[]? value, IReadOnlyList<RecordHeader>? headers = null) =>
        new(Memory(key), Memory(value), timestampMs, headers);

    /// <summary>Null stays null: the language's own conversion makes an empty memory of it, and no value is not an empty value.</summary>
    public static ReadOnlyMemory<byte>? Memory(byte[]? bytes) =>
        bytes is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(bytes);
}
