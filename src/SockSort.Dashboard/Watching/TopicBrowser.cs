using System.Text;
using System.Text.Unicode;
using SockSort.Log;

namespace SockSort.Dashboard.Watching;

/// <summary>Reads topics for people: the newest records first, those before them on demand, and what comes after.</summary>
internal sealed class TopicBrowser(ILog log)
{
    // A record may have megabytes; a page shows the beginning.
    private const int MostCharacters = 4000;
    private const int MostHexBytes = 64;

    // So many records are looked through at one time for those that hold a text.
    private const int MostLookedThrough = 20_000;
    private const int Step = 500;

    /// <summary>Finds records from the newest of a partition back to the oldest.</summary>
    /// <param name="before">Offsets below this one; null begins with the newest.</param>
    /// <param name="text">Only records that hold it; empty for all.</param>
    /// <param name="most">The number of records wanted.</param>
    /// <returns>The records, the newest first, and the offset to go on before; null where the oldest has been reached.</returns>
    public (IReadOnlyList<RecordRow> Records, long? Before) Back(string topic, int partition, long? before, string text, int most)
    {
        var (first, end) = (log.FirstOffset(topic, partition), before ?? log.EndOffset(topic, partition));
        var (found, looked) = (new List<RecordRow>(), 0);
        while (end > first && found.Count < most && looked < MostLookedThrough)
        {
            var from = Math.Max(first, end - Math.Min(Step, text.Length == 0 ? most : Step));
            var records = Between(topic, partition, from, end);
            looked += records.Count;
            for (var at = records.Count - 1; at >= 0 && found.Count < most; at--)
            {
                from = records[at].Offset;
                if (RowOf(records[at]) is var row && row.Holds(text))
                    found.Add(row);
            }
            end = from;
        }
        return (found, end > first ? end : null);
    }

    /// <summary>Reads the records that have come since an offset, the oldest first.</summary>
    public IReadOnlyList<RecordRow> Since(string topic, int partition, long from) =>
        [.. log.Read(topic, partition, from, Step).Select(record => RowOf(record))];

    /// <summary>The text of bytes as people can read it: as UTF-8 where it is that, otherwise in hexadecimal.</summary>
    public static string? TextOf(ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } present)
            return null;
        if (!Utf8.IsValid(present.Span))
        {
            var shown = present.Span[..Math.Min(present.Length, MostHexBytes)];
            return $"0x{Convert.ToHexStringLower(shown)}{(present.Length > MostHexBytes ? " …" : "")}";
        }
        var text = Encoding.UTF8.GetString(present.Span[..Math.Min(present.Length, MostCharacters * 4)]);
        return text.Length > MostCharacters ? $"{text[..MostCharacters]} … ({Shown.Bytes(present.Length)})" : text;
    }

    private List<LogRecord> Between(string topic, int partition, long from, long end)
    {
        var records = new List<LogRecord>();
        for (var next = from; next < end;)
        {
            var read = log.Read(topic, partition, next, (int)(end - next));
            records.AddRange(read.Where(record => record.Offset < end));
            if (read.Count == 0)
                break;
            next = read[^1].Offset + 1;
        }
        return records;
    }

    private static RecordRow RowOf(in LogRecord record) => new(
        record.Partition, record.Offset, DateTimeOffset.FromUnixTimeMilliseconds(record.TimestampMs), TextOf(record.Key),
        TextOf(record.Value));
}
