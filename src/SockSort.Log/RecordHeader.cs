namespace SockSort.Log;

/// <summary>A named value beside a record's key and value; names may repeat.</summary>
/// <param name="Value">Any bytes, or null.</param>
public readonly record struct RecordHeader(string Name, ReadOnlyMemory<byte>? Value)
{
    /// <summary>The headers of a record that has none.</summary>
    public static readonly IReadOnlyList<RecordHeader> None = [];

    /// <summary>The number of characters of the names plus the number of bytes of the values.</summary>
    public static long LengthBytes(IReadOnlyList<RecordHeader> headers)
    {
        if (headers is RecordHeader[] array)
            return LengthBytes(array.AsSpan());
        return headers.Count == 0 ? 0 : LengthBytes([.. headers]);
    }

    private static long LengthBytes(ReadOnlySpan<RecordHeader> headers)
    {
        var length = 0L;
        foreach (ref readonly var header in headers)
            length += header.Name.Length + (header.Value?.Length ?? 0L);
        return length;
    }
}
