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
        var length = 0L;
        for (var i = 0; i < headers.Count; i++)
            length += headers[i].Name.Length + (headers[i].Value?.Length ?? 0L);
        return length;
    }
}
