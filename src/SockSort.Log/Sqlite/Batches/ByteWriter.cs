using System.Buffers;
using System.Text;

namespace SockSort.Log.Sqlite.Batches;

/// <summary>Writes the fields of a batch into an array that grows. It is lent: disposing gives it back.</summary>
internal ref struct ByteWriter(long expectedBytes)
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(expectedBytes, 64, Array.MaxLength));
    private int _length;

    /// <summary>Bytes written so far.</summary>
    public readonly int Length => _length;

    public readonly byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    public void Byte(byte value) => Room(1)[0] = value;

    public void Bytes(scoped ReadOnlySpan<byte> value) => value.CopyTo(Room(value.Length));

    public void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    public void Zigzag(long value) => Varint((ulong)(value << 1) ^ (ulong)(value >> 63));

    public void Optional(ReadOnlyMemory<byte>? value)
    {
        if (value is not { } bytes)
        {
            Byte(0);
            return;
        }
        Varint((ulong)bytes.Length + 1);
        Bytes(bytes.Span);
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)length);
        _ = Encoding.UTF8.GetBytes(value, Room(length));
    }

    /// <summary>Writes once more what was written between two places.</summary>
    public void Again(int from, int to)
    {
        var room = Room(to - from);
        _bytes.AsSpan(from, to - from).CopyTo(room);
    }

    private Span<byte> Room(int length)
    {
        if (_length + length > _bytes.Length)
            Grow(Math.Max(_bytes.Length * 2, _length + length));
        _length += length;
        return _bytes.AsSpan(_length - length, length);
    }

    private void Grow(int lengthBytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(lengthBytes);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
