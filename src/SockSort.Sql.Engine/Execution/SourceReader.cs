using System.Buffers.Binary;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>The slots of a source's columns in its rows; -1 for columns that no expression asks for.</summary>
/// <param name="KeyCopies">Pairs of a part of the key and a slot of the row.</param>
internal sealed record SourceSlots(
    int RowLength, int KeyLength, (int Part, int Slot)[] KeyCopies, int RowTime, int RowPartition, int RowOffset, int WindowStart,
    int WindowEnd,
    (string? HeaderKey, int Slot)[] Headers)
{
    /// <summary>Whether any slot is filled from other than the record's value.</summary>
    public bool HasAny => KeyCopies.Length + Headers.Length > 0
        || new[] { RowTime, RowPartition, RowOffset, WindowStart, WindowEnd }.Any(slot => slot >= 0);
}

/// <summary>
/// Reads a record as a row of its stream or table. Its readers learn from each record, so it is for one thread at a time.
/// </summary>
/// <param name="valueColumns">The columns that the reader of values reads.</param>
internal sealed class SourceReader(
    SourceNode node, SourceSlots slots, IRowReader keyReader, IRowReader valueReader, IReadOnlyList<FormatColumn> valueColumns,
    TimestampReader? timestamps)
{
    private readonly bool _isProcessingLog = ReferenceEquals(node.Source, ProcessingLog.Source);
    private readonly bool _hasPseudoColumns = slots.HasAny;

    /// <summary>The stream or table that it reads.</summary>
    public DataSource Source => node.Source;

    public int RowLength => slots.RowLength;

    public int KeyLength => slots.KeyLength;

    /// <summary>The columns of the value, with their slots.</summary>
    public IReadOnlyList<FormatColumn> ValueColumns => valueColumns;

    /// <summary>Reads values for several queries at once; null where this one is alone.</summary>
    public SharedRows.Part? Shared { get; set; }

    /// <param name="record">The record.</param>
    /// <param name="key">Receives the parts of the key: <see cref="KeyLength"/>.</param>
    /// <param name="row">Receives the row: <see cref="RowLength"/>.</param>
    /// <param name="change">Has the record's time and headers; receives the rest, with <paramref name="key"/> and <paramref name="row"/>.
    /// </param>
    /// <exception cref="RecordException">Key or value do not read: the record is to be skipped.</exception>
    /// <exception cref="InvalidOperationException">Its time does not read, and that is to end the query.</exception>
    public void Read(in LogRecord record, Slot[] key, Slot[] row, ref Change change)
    {
        if (key.Length > 0)
            Array.Clear(key);
        if (record.Key is { } keyBytes)
        {
            var bytes = node.Source.Window is null ? keyBytes.Span : TakeWindow(keyBytes.Span, ref change);
            keyReader.Read(bytes, key);
        }
        change.Key = slots.KeyLength == 0 || record.Key is null ? null : key;
        // Of a key of several columns some may be NULL: the key is there.
        if (node.Source.IsTable && (record.Key is null || (key is [var part] && part.IsNull)))
            throw new RecordException("a table's record needs a key");
        ReadValue(in record, row, ref change);
        if (_hasPseudoColumns)
            FillPseudoColumns(in record, key, row, ref change);
        if (timestamps is null)
            return;
        if (change.New is not null || timestamps.ReadsKey)
            change.Timestamp = timestamps.Of(row);
        if (slots.RowTime >= 0)
            row[slots.RowTime] = Slot.Of(change.Timestamp);
    }

    private void ReadValue(in LogRecord record, Slot[] row, ref Change change)
    {
        if (_isProcessingLog)
        {
            valueReader.Read(ProcessingLogRow.Of(in record), row);
            change.New = row;
        }
        else if (record.Value is { } value)
        {
            if (Shared?.TryFill(value.Span, row) != true)
                valueReader.Read(value.Span, row);
            change.New = row;
        }
        else if (!node.Source.IsTable)
        {
            Array.Clear(row);
            change.Valueless = row;
        }
    }

    private void FillPseudoColumns(in LogRecord record, Slot[] key, Slot[] row, ref Change change)
    {
        foreach (var (part, slot) in slots.KeyCopies)
            row[slot] = key[part];
        if (slots.RowTime >= 0)
            row[slots.RowTime] = Slot.Of(change.Timestamp);
        if (slots.RowPartition >= 0)
            row[slots.RowPartition] = Slot.Of((long)record.Partition);
        if (slots.RowOffset >= 0)
            row[slots.RowOffset] = Slot.Of(record.Offset);
        if (slots.WindowStart >= 0)
            row[slots.WindowStart] = Slot.Of(change.WindowStart);
        if (slots.WindowEnd >= 0)
            row[slots.WindowEnd] = Slot.Of(change.WindowEnd);
        foreach (var (headerKey, slot) in slots.Headers)
            row[slot] = Slot.Of(HeaderValues.Read(record.Headers, headerKey));
    }

    /// <summary>
    /// Time windows end a key with 8 bytes of start, sessions with 8 of end and 8 of start, as Kafka Streams writes them.
    /// </summary>
    private ReadOnlySpan<byte> TakeWindow(ReadOnlySpan<byte> key, ref Change change)
    {
        var window = node.Source.Window!;
        var length = WindowedKeys.BoundsBytes(window);
        if (key.Length < length)
            throw new RecordException("the key carries no window");
        change.WindowStart = BinaryPrimitives.ReadInt64BigEndian(key[^8..]);
        change.WindowEnd = window.Kind == WindowKind.Session
            ? BinaryPrimitives.ReadInt64BigEndian(key[^16..])
            : change.WindowStart + (long)(window.Size ?? TimeSpan.Zero).TotalMilliseconds;
        return key[..^length];
    }
}
