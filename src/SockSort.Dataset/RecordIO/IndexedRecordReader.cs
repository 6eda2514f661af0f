namespace SockSort.Dataset.RecordIO;

/// <summary>Reads records by key: a <c>.rec</c> file with its <c>.idx</c>.</summary>
/// <example><code>
/// using var photos = IndexedRecordReader.Open("sock_train.rec");
/// var photo = ImageRecord.Parse(photos.Read(12)).Photo;
/// </code></example>
/// <remarks>Not safe for several threads at once; each may open its own.</remarks>
public sealed class IndexedRecordReader : IDisposable
{
    private readonly RecordReader _reader;
    private readonly string _path;

    private IndexedRecordReader(string path, RecordReader reader, RecordIndex index)
    {
        _path = path;
        _reader = reader;
        Index = index;
    }

    /// <summary>Keys and offsets as the <c>.idx</c> has them.</summary>
    public RecordIndex Index { get; }

    /// <param name="recPath">A <c>.rec</c> file.</param>
    /// <param name="idxPath">Its index; by default of the same name with <c>.idx</c>.</param>
    /// <exception cref="RecordIOException">The index is not one.</exception>
    /// <exception cref="IOException">One of the files cannot be opened.</exception>
    public static IndexedRecordReader Open(string recPath, string? idxPath = null)
    {
        var index = RecordIndex.Load(idxPath ?? Path.ChangeExtension(recPath, ".idx"));
        return new IndexedRecordReader(recPath, RecordReader.Open(recPath), index);
    }

    /// <summary>The record of <paramref name="key"/> (the last, where there are several); valid until the next call.</summary>
    /// <exception cref="KeyNotFoundException">The index has no such key.</exception>
    /// <exception cref="RecordIOException">No sound record lies where the index says.</exception>
    public ReadOnlySpan<byte> Read(Int128 key) => TryRead(key, out var record)
        ? record
        : throw new KeyNotFoundException($"{_path} has no record {key}: its index names {Index.Lines.Count} others");

    /// <summary>Reads as <see cref="Read"/> does; false where the index has no such key.</summary>
    public bool TryRead(Int128 key, out ReadOnlySpan<byte> record)
    {
        record = default;
        if (!Index.TryGetOffset(key, out var offset))
            return false;
        record = ReadAt(offset);
        return true;
    }

    /// <summary>The record at <paramref name="offset"/> of the file; valid until the next call.</summary>
    public ReadOnlySpan<byte> ReadAt(long offset)
    {
        _reader.Seek(offset);
        if (!_reader.Read())
            throw new RecordIOException(_path, offset, "the file ends before this offset of its index; the two are not of one run");
        return _reader.Record;
    }

    public void Dispose() => _reader.Dispose();
}
