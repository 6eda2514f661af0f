namespace SockSort.Dataset.RecordIO;

/// <summary>Reads the records of a <c>.rec</c> file one after another.</summary>
/// <example><code>
/// using var reader = RecordReader.Open("sock_train.rec");
/// while (reader.Read())
///     Console.WriteLine($"{reader.Offset}: {ImageRecord.Parse(reader.Record).Label}");
/// </code></example>
/// <remarks>
/// Every length is held against what the file really has before memory is taken for it. Damage is an error that names
/// the offset, also where MXNet's reader drops the record in silence (a last part that is missing) or gives
/// out mixed bytes (parts out of order). Padding is not looked at, as in MXNet. Not safe for several threads at once.
/// </remarks>
public sealed class RecordReader : IDisposable
{
    private readonly RecordBuffer _buffer;
    private readonly string _name;
    private readonly bool _skipDamaged;

    private int _recordStart;
    private int _recordLength;

    /// <param name="stream">
    /// Read from where it stands; need not seek (then <see cref="Seek"/> cannot be used). Closed with the reader.
    /// </param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="skipDamaged">
    /// Whether damage is added to <see cref="Damages"/> and reading goes on at the next record, instead of an exception.
    /// </param>
    public RecordReader(Stream stream, string name, bool skipDamaged = false)
    {
        _buffer = new RecordBuffer(stream);
        _name = name;
        _skipDamaged = skipDamaged;
    }

    /// <summary>Where the current record starts in the file, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>The current record with its parts put together; valid until the next call of any member.</summary>
    public ReadOnlySpan<byte> Record => _buffer.Span(_recordStart, _recordLength);

    /// <summary>What was skipped so far, in order; always empty without <c>skipDamaged</c>.</summary>
    public IReadOnlyList<RecordIOException> Damages => _damages;

    private readonly List<RecordIOException> _damages = [];

    /// <param name="path">A <c>.rec</c> file.</param>
    /// <param name="skipDamaged">See the constructor.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static RecordReader Open(string path, bool skipDamaged = false) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1), path, skipDamaged);

    /// <summary>Goes to the next record; false at the end of the file.</summary>
    /// <exception cref="RecordIOException">The record is damaged and damage is not skipped; the reader stays before it.</exception>
    public bool Read()
    {
        while (true)
        {
            _buffer.DropConsumed();
            Offset = _buffer.Offset;
            var (problem, atEnd) = TryRead();
            if (problem is null)
                return !atEnd;
            var damage = new RecordIOException(_name, Offset, problem);
            if (!_skipDamaged)
                throw damage;
            _damages.Add(damage);
            SkipToNextHead();
        }
    }

    /// <summary>Makes <paramref name="offset"/> (from an index) the place where the next <see cref="Read"/> starts.</summary>
    /// <exception cref="NotSupportedException">The stream cannot seek.</exception>
    public void Seek(long offset)
    {
        _recordLength = 0;
        _buffer.Seek(offset);
    }

    public void Dispose() => _buffer.Dispose();

    /// <summary>Reads all parts of one record; nothing is moved in the buffer before the last has been found good.</summary>
    private (string? Problem, bool AtEnd) TryRead()
    {
        _recordStart = _recordLength = 0;
        if (!_buffer.Ensure(1))
            return (null, true);
        var at = 0;
        var kind = PartKind.Whole;
        do
        {
            var first = at == 0;
            if (TryReadHead(at, first, out var part) is { } problem)
                return (problem, false);
            if (!_buffer.Ensure(at + part.BytesInFile))
                return (CutShort(at, part), false);
            at += part.BytesInFile;
            kind = part.Kind;
        }
        while (kind is PartKind.First or PartKind.Middle);
        _recordStart = RecordPart.HeadBytes;
        _recordLength = _buffer.JoinParts();
        _buffer.Consume(at);
        return (null, false);
    }

    private string? TryReadHead(int at, bool first, out RecordPart part)
    {
        part = default;
        if (!_buffer.Ensure(at + RecordPart.HeadBytes))
        {
            var left = _buffer.Available - at;
            return first
                ? $"{left} bytes are left, too few for the head of a record (8 bytes)"
                : $"the last part of the record is missing: {left} bytes are left, a head of 8 was expected";
        }
        var head = _buffer.Span(at, RecordPart.HeadBytes);
        if (!head[..4].SequenceEqual(RecordPart.MagicBytes))
            return $"found {Convert.ToHexStringLower(head[..4])} where {(first ? "a record" : "the next part")} starts, "
                + $"expected the magic 0a23d7ce{OtherKind()}";
        part = RecordPart.Read(head);
        return (first, part.Kind) switch
        {
            (true, PartKind.Whole or PartKind.First) or (false, PartKind.Middle or PartKind.Last) => null,
            (true, _) => $"the record starts with a part of kind {(int)part.Kind}, expected 0 (whole) or 1 (first)",
            _ => $"a part of kind {(int)part.Kind} follows a first part, expected 2 (middle) or 3 (last)",
        };
    }

    /// <summary>Said once, of the file's beginning: another program's record files have the same name.</summary>
    private string OtherKind()
    {
        if (_buffer.Offset > 0)
            return "";
        _ = _buffer.Ensure(FileKind.HeadBytes);
        var kind = FileKind.NameOf(_buffer.Span(0, Math.Min(_buffer.Available, FileKind.HeadBytes)));
        return kind is null ? "" : $"; the file is {kind}, no RecordIO of im2rec";
    }

    private string CutShort(int at, RecordPart part) =>
        $"the {(at == 0 ? "record" : "part")} claims {part.Length} bytes, "
            + $"{Math.Max(0, _buffer.Available - at - RecordPart.HeadBytes)} are left in the file";

    /// <summary>The next offset divisible by four (from the damaged head on) where a whole record or a first part can start.</summary>
    private void SkipToNextHead()
    {
        _buffer.Consume(Math.Min(4, _buffer.Available));
        while (_buffer.DropConsumed() && _buffer.Ensure(RecordPart.HeadBytes))
        {
            var head = _buffer.Span(0, RecordPart.HeadBytes);
            if (head[..4].SequenceEqual(RecordPart.MagicBytes) && RecordPart.Read(head).Kind is PartKind.Whole or PartKind.First)
                return;
            _buffer.Consume(4);
        }
        _buffer.Consume(_buffer.Available);
    }
}
