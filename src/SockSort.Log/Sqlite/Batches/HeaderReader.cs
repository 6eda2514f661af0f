using System.Text;

namespace SockSort.Log.Sqlite.Batches;

/// <summary>
/// Reads the headers of a batch's records. Those of neighbours are mostly the same, and then share their memory: texts and arrays for each
/// would cost more than the rest of the record.
/// </summary>
/// <param name="copies">Whether to copy the values, so that they may outlive the bytes.</param>
internal ref struct HeaderReader(bool copies)
{
    private ReadOnlySpan<byte> _lastBytes;
    private RecordHeader[] _last = [];

    public IReadOnlyList<RecordHeader> Read(ref ByteReader reader)
    {
        if (!_lastBytes.IsEmpty && reader.TrySkip(_lastBytes))
            return _last;
        var begin = reader;
        var count = (int)reader.Varint();
        if (count == 0)
            return RecordHeader.None;
        var headers = new RecordHeader[Math.Min(count, reader.Left)];
        for (var i = 0; i < count; i++)
            headers[i] = One(ref reader, i < _last.Length ? _last[i] : default);
        _lastBytes = begin.Rest[..(begin.Left - reader.Left)];
        return _last = headers;
    }

    private readonly RecordHeader One(ref ByteReader reader, RecordHeader before)
    {
        var utf8 = reader.Bytes();
        var name = before.Name is { } known && Ascii.Equals(utf8, known) ? known : Encoding.UTF8.GetString(utf8);
        var value = reader.Optional();
        if (value is { } bytes && before.Value is { } same && bytes.Span.SequenceEqual(same.Span))
            return new RecordHeader(name, same);
        return new RecordHeader(name, copies ? NewRecord.Memory(value?.ToArray()) : value);
    }
}
