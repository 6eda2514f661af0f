using System.Buffers.Binary;

namespace SockSort.Dataset.RecordIO;

/// <summary>How a part stands in its record; the upper three bits of the second word of its head.</summary>
internal enum PartKind
{
    Whole = 0,
    First = 1,
    Middle = 2,
    Last = 3,
}

/// <summary>The eight bytes before each part: the magic, then kind and length. Source: dmlc-core <c>recordio.h</c>.</summary>
internal readonly record struct RecordPart(PartKind Kind, int Length)
{
    public const uint Magic = 0xced7230a;
    public const int HeadBytes = 8;

    /// <summary>The magic as it lies in the file, and as it is left out between two parts.</summary>
    public static ReadOnlySpan<byte> MagicBytes => [0x0a, 0x23, 0xd7, 0xce];

    /// <summary>dmlc-core: the lower 29 bits are the length in bytes; 2^29 itself is refused.</summary>
    public const int MaxLength = (1 << 29) - 1;

    /// <summary>Length in the file: head, data, zeros up to a multiple of four.</summary>
    public int BytesInFile => HeadBytes + Padded(Length);

    public static int Padded(int length) => (length + 3) & ~3;

    /// <param name="head">Eight bytes; the first four must have been compared with the magic.</param>
    public static RecordPart Read(ReadOnlySpan<byte> head)
    {
        var word = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        return new((PartKind)(word >> 29), (int)(word & MaxLength));
    }

    public void Write(Span<byte> head)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(head, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], ((uint)Kind << 29) | (uint)Length);
    }
}
