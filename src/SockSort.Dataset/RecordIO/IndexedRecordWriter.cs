using System.Globalization;
using System.Text;
using SockSort.Shared;

namespace SockSort.Dataset.RecordIO;

/// <summary>Writes a <c>.rec</c> and its <c>.idx</c>; both appear under their names only when <see cref="Commit"/> is called.</summary>
/// <remarks>
/// Until then they lie beside their places as <c>.NAME.PROCESS.socksort-part</c>; <see cref="Dispose"/> without <see cref="Commit"/>
/// removes them, and what was there before stays; those of a run that was killed are removed by the next. The index takes its place first:
/// a <c>.rec</c> that is there has a whole index.
/// </remarks>
public sealed class IndexedRecordWriter : IDisposable
{
    private readonly PartialFile _rec;
    private readonly PartialFile _idx;
    private readonly RecordWriter _records;
    private readonly StreamWriter _lines;

    private IndexedRecordWriter(string recPath, string idxPath)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(recPath)) is { } folder && Directory.Exists(folder))
            PartialFile.RemoveAbandoned(folder);
        _rec = PartialFile.Create(recPath);
        _idx = PartialFile.Create(idxPath);
        _records = new RecordWriter(_rec.Stream, leaveOpen: true);
        _lines = new StreamWriter(_idx.Stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
    }

    /// <summary>Records written so far.</summary>
    public long Count { get; private set; }

    /// <param name="recPath">Where the <c>.rec</c> is to appear.</param>
    /// <param name="idxPath">Where the index is to appear; by default the same name with <c>.idx</c>.</param>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static IndexedRecordWriter Create(string recPath, string? idxPath = null) =>
        new(recPath, idxPath ?? Path.ChangeExtension(recPath, ".idx"));

    /// <summary>Appends one record under <paramref name="key"/>, which may have been used before.</summary>
    /// <exception cref="ArgumentException">The record is too long for the format; nothing has been written.</exception>
    public void Write(Int128 key, ReadOnlySpan<byte> record)
    {
        var offset = _records.Write(record);
        _lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key}\t{offset}"));
        Count++;
    }

    /// <summary>Writes out what is buffered and gives both files their names.</summary>
    public void Commit()
    {
        _lines.Flush();
        _rec.Finish();
        _idx.Finish();
        _idx.Publish();
        _rec.Publish();
    }

    public void Dispose()
    {
        _idx.Dispose();
        _rec.Dispose();
    }
}
