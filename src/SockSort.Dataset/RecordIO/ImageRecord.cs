using System.Buffers.Binary;

namespace SockSort.Dataset.RecordIO;

/// <summary>One photo with its labels, as MXNet's <c>pack</c> lays it into a record; a view into the record's bytes.</summary>
/// <remarks>
/// <c>uint32 flag, float32 label, uint64 id, uint64 id2</c> (24 bytes), then <c>flag</c> labels as float32, then the photo; little-endian.
/// </remarks>
public readonly ref struct ImageRecord
{
    /// <summary>Bytes before the labels.</summary>
    public const int HeaderBytes = 24;

    private readonly ReadOnlySpan<byte> _labels;

    private ImageRecord(ReadOnlySpan<byte> record, int flag)
    {
        Label = BinaryPrimitives.ReadSingleLittleEndian(record[4..]);
        Id = BinaryPrimitives.ReadUInt64LittleEndian(record[8..]);
        Id2 = BinaryPrimitives.ReadUInt64LittleEndian(record[16..]);
        LabelCount = flag;
        _labels = record.Slice(HeaderBytes, flag * 4);
        Photo = record[(HeaderBytes + flag * 4)..];
    }

    /// <summary>The header's own label; 0 where labels follow the header.</summary>
    public float Label { get; }

    /// <summary>The id of the <c>.lst</c> line.</summary>
    public ulong Id { get; }

    /// <summary>The second id; 0 in all that im2rec writes.</summary>
    public ulong Id2 { get; }

    /// <summary>How many labels follow the header (the field <c>flag</c>); 0 means that <see cref="Label"/> is the only one.</summary>
    public int LabelCount { get; }

    /// <summary>The photo's bytes, as encoded (JPEG or PNG) or as the file was (<c>--pass-through</c>); may be empty.</summary>
    public ReadOnlySpan<byte> Photo { get; }

    /// <summary>The packed labels, or <see cref="Label"/> alone; always at least one.</summary>
    public float[] Labels()
    {
        if (LabelCount == 0)
            return [Label];
        var labels = new float[LabelCount];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = BinaryPrimitives.ReadSingleLittleEndian(_labels[(i * 4)..]);
        return labels;
    }

    /// <summary>False where the bytes are too few for the header or for the labels that it claims.</summary>
    public static bool TryParse(ReadOnlySpan<byte> record, out ImageRecord image)
    {
        image = default;
        if (record.Length < HeaderBytes)
            return false;
        var flag = BinaryPrimitives.ReadUInt32LittleEndian(record);
        if (flag > (uint)(record.Length - HeaderBytes) / 4)
            return false;
        image = new ImageRecord(record, (int)flag);
        return true;
    }

    /// <exception cref="FormatException">See <see cref="TryParse"/>.</exception>
    public static ImageRecord Parse(ReadOnlySpan<byte> record) => TryParse(record, out var image)
        ? image
        : throw new FormatException(
            $"{record.Length} bytes are no image record: its header takes {HeaderBytes}, each label that it counts 4");

    /// <summary>Writes the header and the labels that come before the photo; returns how many bytes they take.</summary>
    /// <param name="target">At least <see cref="HeaderLength"/> of the labels.</param>
    /// <param name="id">See <see cref="Id"/>.</param>
    /// <param name="labels">One or more, or none with <paramref name="packed"/> (the header then has label 0, as MXNet does it).</param>
    /// <param name="packed">Whether all labels follow the header; else the first goes into it.</param>
    /// <param name="id2">See <see cref="Id2"/>.</param>
    public static int WriteHeader(Span<byte> target, ulong id, ReadOnlySpan<float> labels, bool packed, ulong id2 = 0)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, packed ? (uint)labels.Length : 0);
        BinaryPrimitives.WriteSingleLittleEndian(target[4..], packed ? 0 : labels[0]);
        BinaryPrimitives.WriteUInt64LittleEndian(target[8..], id);
        BinaryPrimitives.WriteUInt64LittleEndian(target[16..], id2);
        for (var i = 0; packed && i < labels.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(target[(HeaderBytes + i * 4)..], labels[i]);
        return HeaderLength(labels.Length, packed);
    }

    /// <summary>Bytes before the photo.</summary>
    public static int HeaderLength(int labels, bool packed) => HeaderBytes + (packed ? labels * 4 : 0);
}
