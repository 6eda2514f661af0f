using System.Runtime.CompilerServices;
using System.Text;
using SockSort.Log;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Clients;

/// <summary>Prints a topic's records as lines, as they come: <c>PRINT</c>. Before them it says which formats they may have.</summary>
public sealed class TopicPrinter(ILog log, string topic, bool fromBeginning, int interval, int? limit)
{
    private const int BatchSize = 500;

    private readonly int _partitions = log.FindTopic(topic)?.Partitions ?? 1;

    public string Topic => topic;

    /// <summary>Reads lines until LIMIT is reached or the reading is cancelled.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="endsAtEnd">Whether it also ends where no more records are there.</param>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellation, bool endsAtEnd = false)
    {
        using var arrived = new SemaphoreSlim(0);
        void Signal(string name)
        {
            if ((name == topic || name.Length == 0) && arrived.CurrentCount == 0)
                _ = arrived.Release();
        }
        log.Appended += Signal;
        try
        {
            var next = Enumerable.Range(0, _partitions).Select(partition => fromBeginning ? 0 : log.EndOffset(topic, partition)).ToArray();
            for (var (seen, printed) = (0L, 0); limit is null || printed < limit;)
            {
                var records = Enumerable.Range(0, _partitions)
                    .SelectMany(partition => log.Read(topic, partition, next[partition], BatchSize))
                    .ToList();
                if (seen == 0 && records.Count > 0)
                {
                    yield return $"Key format: {TopicFormats.Of(records.Select(record => record.Key))}";
                    yield return $"Value format: {TopicFormats.Of(records.Select(record => record.Value))}";
                }
                foreach (var record in records)
                {
                    next[record.Partition] = record.Offset + 1;
                    if (seen++ % interval != 0 || (limit is not null && printed >= limit))
                        continue;
                    printed++;
                    yield return Line(record);
                }
                if (records.Count == 0 && endsAtEnd)
                    yield break;
                if (records.Count == 0)
                    await arrived.WaitAsync(TimeSpan.FromSeconds(1), cancellation);
            }
        }
        finally
        {
            log.Appended -= Signal;
        }
    }

    private static string Line(LogRecord record)
    {
        var at = SqlText.MomentOf(record.TimestampMs, "yyyy/MM/dd HH:mm:ss.fff");
        return $"rowtime: {at} Z, key: {Shown(record.Key)}, value: {Shown(record.Value)}, partition: {record.Partition}";
    }

    /// <summary>Shows UTF-8 without control characters as text, 4 or 8 bytes as a number, and everything else in hexadecimal.</summary>
    private static string Shown(ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } content)
            return "<null>";
        if (TryText(content.Span) is { } text)
            return text;
        // A windowed key: text, then 8 bytes of its window's start.
        if (content.Length > 8 && TryText(content.Span[..^8]) is { } windowed)
            return $"[{windowed}@{System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(content.Span[^8..])}/-]";
        return content.Length switch
        {
            4 =>
                System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(content.Span)
                    .ToString(System.Globalization.CultureInfo.InvariantCulture),
            8 =>
                System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(content.Span)
                    .ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => SqlText.Of("0x" + Convert.ToHexString(content.Span)),
        };
    }

    private static string? TryText(ReadOnlySpan<byte> bytes)
    {
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
            return null;
        var text = Encoding.UTF8.GetString(bytes);
        return text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r')) ? null : text;
    }
}
