namespace SockSort.Log.Sqlite.Batches;

/// <summary>Reads the fields of a batch; throws a <see cref="FormatException"/> if the bytes end too early.</summary>
internal ref struct ByteReader(ReadOnlyMemory<byte> bytes)
{
    private const int MaxVarintBits = 63;

    private readonly ReadOnlyMemory<byte> _bytes = bytes;
    private readonly ReadOnlySpan<byte> _span = bytes.Span;
    private int _at;

    /// <summary>The number of unread bytes.</summary>
    public readonly int Left => _span.Length - _at;

    public readonly ReadOnlySpan<byte> Rest => _span[_at..];

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift <= MaxVarintBits; shift += 7)
        {
            if (Left == 0)
                throw new FormatException("it ends within a number");
            var next = _span[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw new FormatException("a number is too long");
    }

    public long Zigzag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ReadOnlyMemory<byte>? Optional()
    {
        var length = Varint();
        return length == 0 ? (ReadOnlyMemory<byte>?)null : Take(length - 1);
    }

    /// <summary>The bytes of a field that has its length before it.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(Varint()).Span;

    /// <summary>Skips bytes that are the same as these.</summary>
    public bool TrySkip(ReadOnlySpan<byte> same)
    {
        if (!Rest.StartsWith(same))
            return false;
        _at += same.Length;
        return true;
    }

    private ReadOnlyMemory<byte> Take(ulong length)
    {
        if (length > (ulong)Left)
            throw new FormatException("it ends within a field");
        _at += (int)length;
        return _bytes.Slice(_at - (int)length, (int)length);
    }
}
