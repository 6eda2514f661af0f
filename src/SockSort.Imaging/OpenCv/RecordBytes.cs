namespace SockSort.Imaging.OpenCv;

/// <summary>Bytes of one record in the making, in memory that is used again for the next.</summary>
public sealed class RecordBytes
{
    // Memory beyond this is given back, so that one large photo does not stay for all.
    private const int Keep = 4 << 20;

    private byte[] _bytes = new byte[1 << 16];

    public int Length { get; private set; }

    /// <summary>What was appended since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > Keep)
            _bytes = new byte[1 << 16];
    }

    /// <summary>Gives at least that many bytes behind what was written; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Room(int atLeast)
    {
        if (_bytes.Length - Length < atLeast)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)Length + atLeast, _bytes.Length * 2L)));
        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }
}
