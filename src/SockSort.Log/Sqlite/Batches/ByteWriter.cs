using System.Text;

namespace SockSort.Log.Sqlite.Batches;

/// <summary>Writes the fields of a batch into an array that grows.</summary>
internal ref struct ByteWriter(long expectedBytes)
{
    private byte[] _bytes = new byte[Math.Max(expectedBytes, 64)];
    private int _length;

    public readonly byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

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

    private Span<byte> Room(int length)
    {
        if (_length + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        _length += length;
        return _bytes.AsSpan(_length - length, length);
    }
}
