namespace SockSort.Log.Sqlite.Batches;

/// <summary>Writes the headers of a batch's records; those that are the same object as the record's before are copied.</summary>
internal struct HeaderWriter
{
    private IReadOnlyList<RecordHeader>? _last;
    private int _from;
    private int _to;

    public void Write(ref ByteWriter writer, IReadOnlyList<RecordHeader> headers)
    {
        if (ReferenceEquals(headers, _last))
        {
            writer.Again(_from, _to);
            return;
        }
        (_last, _from) = (headers, writer.Length);
        writer.Varint((ulong)headers.Count);
        for (var i = 0; i < headers.Count; i++)
        {
            writer.Text(headers[i].Name);
            writer.Optional(headers[i].Value);
        }
        _to = writer.Length;
    }
}
