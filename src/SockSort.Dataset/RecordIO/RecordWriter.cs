namespace SockSort.Dataset.RecordIO;

/// <summary>Writes records one after another into a stream, byte for byte as MXNet's <c>MXRecordIO</c> does.</summary>
/// <remarks>
/// A record is <c>uint32 magic, uint32 kind and length, data, zeros up to a multiple of four</c>, little-endian. Where the
/// magic lies in the data at an offset divisible by four, the record is cut there into parts and the magic left out.
/// Not safe for use by several threads at once.
/// </remarks>
public sealed class RecordWriter : IDisposable
{
    /// <summary>The longest record, in bytes: 2^29 - 1.</summary>
    public const int MaxRecordLength = RecordPart.MaxLength;

    private readonly Stream _stream;
    private readonly bool _leaveOpen;

    /// <param name="stream">Receives the records; need not seek. Offsets count from where it stands now.</param>
    /// <param name="leaveOpen">Whether the stream outlives the writer.</param>
    public RecordWriter(Stream stream, bool leaveOpen = false)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
    }

    /// <summary>Bytes written so far: the offset of the next record.</summary>
    public long Offset { get; private set; }

    /// <summary>
    /// Opens <paramref name="path"/> for writing; what was there is gone. For a file that appears only when whole see
    /// <see cref="IndexedRecordWriter"/>.
    /// </summary>
    public static RecordWriter Create(string path) =>
        new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16));

    /// <summary>Appends one record and returns its offset, as an index names it.</summary>
    /// <param name="record">At most <see cref="MaxRecordLength"/> bytes; may be empty.</param>
    /// <exception cref="ArgumentException">The record is too long for the format; nothing has been written.</exception>
    public long Write(ReadOnlySpan<byte> record)
    {
        if (record.Length > MaxRecordLength)
            throw new ArgumentException($"a record of {record.Length} bytes is longer than the format's {MaxRecordLength}", nameof(record));
        var offset = Offset;
        var rest = record;
        var kind = PartKind.First;
        for (var cut = NextCut(rest); cut >= 0; cut = NextCut(rest))
        {
            WritePart(kind, rest[..cut]);
            rest = rest[(cut + 4)..];
            kind = PartKind.Middle;
        }
        WritePart(kind == PartKind.First ? PartKind.Whole : PartKind.Last, rest);
        return offset;
    }

    /// <summary>Passes on to the stream what is buffered in it.</summary>
    public void Flush() => _stream.Flush();

    public void Dispose()
    {
        if (_leaveOpen)
            _stream.Flush();
        else
            _stream.Dispose();
    }

    /// <summary>
    /// Where the magic lies at an offset divisible by four; -1 if nowhere. Parts are multiples of four, so offsets in the rest serve.
    /// </summary>
    private static int NextCut(ReadOnlySpan<byte> data)
    {
        for (var at = 0; at + 4 <= data.Length;)
        {
            var found = data[at..].IndexOf(RecordPart.MagicBytes);
            if (found < 0)
                return -1;
            if ((at + found) % 4 == 0)
                return at + found;
            at += found + 1;
        }
        return -1;
    }

    private void WritePart(PartKind kind, ReadOnlySpan<byte> data)
    {
        var part = new RecordPart(kind, data.Length);
        Span<byte> head = stackalloc byte[RecordPart.HeadBytes];
        part.Write(head);
        _stream.Write(head);
        _stream.Write(data);
        ReadOnlySpan<byte> zeros = [0, 0, 0];
        _stream.Write(zeros[..(RecordPart.Padded(data.Length) - data.Length)]);
        Offset += part.BytesInFile;
    }
}
