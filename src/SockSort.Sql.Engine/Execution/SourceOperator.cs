using System.Buffers.Binary;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.State;
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

/// <summary>A table's row as its source stores it.</summary>
/// <param name="Row">Never changed afterwards: it may be handed on and kept.</param>
/// <param name="LengthBytes">Bytes of the record's value: about what strings and collections in the row take.</param>
internal readonly record struct TableRow(Slot[] Row, long Timestamp, int LengthBytes = 0);

/// <summary>Reads a topic's records as rows of a stream or as changes of a table.</summary>
/// <param name="valueColumns">The columns that the reader of values reads.</param>
/// <param name="table">The table's rows by key, to give the old row with the new one; null for a stream.</param>
internal sealed class SourceOperator(
    SourceNode node, SourceSlots slots, IRowReader keyReader, IRowReader valueReader, IReadOnlyList<FormatColumn> valueColumns,
    TimestampReader? timestamps, Dictionary<Slot[], TableRow>? table, QueryMetrics metrics)
    : IKeepsState
{
    private const byte ClockPart = 0;
    private const byte RowPart = 1;

    private const int ForgettingsInRetention = 8;

    // Entry of the dictionary, two array headers, the timestamp.
    private const int RowOverhead = 40 + 48 + 16;

    private readonly Slot[] _key = new Slot[slots.KeyLength];
    private readonly Slot[] _row = new Slot[slots.RowLength];
    private readonly Slot[] _windowedKey = new Slot[slots.KeyLength + 2];
    private readonly KeptTable? _kept = table is null ? null : new(RowPart, table);
    private readonly long? _keptMs = node.Source.Window is null ? null : (long?)node.Source.RowsKept?.TotalMilliseconds;
    private readonly bool _isProcessingLog = ReferenceEquals(node.Source, ProcessingLog.Source);
    private readonly bool _hasPseudoColumns = slots.HasAny;
    private long _valueBytes;
    private long _forgottenAt = long.MinValue / 2;

    public Operator? Next { get; set; }

    /// <summary>Takes records that cannot be read; null where they are only counted.</summary>
    public DeadLetters? DeadLetters { get; set; }

    public string Topic => node.Source.Topic;

    /// <summary>The stream or table that it reads.</summary>
    public DataSource Source => node.Source;

    /// <summary>The columns of the value, with their slots.</summary>
    public IReadOnlyList<FormatColumn> ValueColumns => valueColumns;

    /// <summary>Reads values for several queries at once; null where this one is alone.</summary>
    public SharedRows.Part? Shared { get; set; }

    /// <summary>Rows of the table by key (with the window's bounds where it has any); null for a stream.</summary>
    public Dictionary<Slot[], TableRow>? Table => table;

    /// <summary>Newest timestamp read, or the lowest number before the first record.</summary>
    public long StreamTime { get; private set; } = long.MinValue;

    /// <summary>Rough bytes of the table's rows; long strings and collections count by the records they came in.</summary>
    public long StateBytes => table is null ? 0 : (table.Count * (RowOverhead + (16L * (slots.RowLength + slots.KeyLength)))) + _valueBytes;

    /// <summary>Processes one record; one that cannot be read is skipped, counted and reported.</summary>
    public void Process(in LogRecord record)
    {
        metrics.CountRead();
        var change = new Change { Timestamp = record.TimestampMs, Headers = record.Headers };
        try
        {
            if (!Read(in record, ref change))
                return;
        }
        catch (RecordException error)
        {
            Skip(in record, error.Message, error.Shown);
            return;
        }
        StreamTime = Math.Max(StreamTime, change.Timestamp);
        if (table is not null)
            FromTable(in record, ref change);
        else
            Next!.Process(ref change);
    }

    public void KeepState() => _kept?.KeepState();

    public void SaveChanges(StateWriter into)
    {
        into.Put(ClockPart, value => value.Write(StreamTime));
        _kept?.SaveChanges(into);
    }

    public void Restore(byte part, BinaryReader key, BinaryReader value)
    {
        if (part == RowPart)
            _valueBytes += _kept!.Restore(key, value).LengthBytes;
        else
            StreamTime = value.ReadInt64();
    }

    private void Skip(in LogRecord record, string reason, string shown)
    {
        metrics.Skip($"topic '{Topic}', offset {record.Offset}: {reason}", $"topic '{Topic}', offset {record.Offset}: {shown}");
        DeadLetters?.Put(Topic, in record, reason);
    }

    private bool Read(in LogRecord record, ref Change change)
    {
        if (_key.Length > 0)
            Array.Clear(_key);
        if (record.Key is { } key)
        {
            var bytes = node.Source.Window is null ? key.Span : TakeWindow(key.Span, ref change);
            keyReader.Read(bytes, _key);
        }
        change.Key = slots.KeyLength == 0 || record.Key is null ? null : _key;
        // Of a key of several columns some may be NULL: the key is there.
        if (node.Source.IsTable && (record.Key is null || (_key is [var part] && part.IsNull)))
        {
            const string Reason = "a table's record needs a key";
            Skip(in record, Reason, Reason);
            return false;
        }
        if (_isProcessingLog)
        {
            valueReader.Read(ProcessingLogRow.Of(in record), _row);
            change.New = _row;
        }
        else if (record.Value is { } value)
        {
            if (Shared?.TryFill(value.Span, _row) != true)
                valueReader.Read(value.Span, _row);
            change.New = _row;
        }
        else if (!node.Source.IsTable)
        {
            Array.Clear(_row);
            change.Valueless = _row;
        }
        if (_hasPseudoColumns)
            FillPseudoColumns(in record, ref change);
        if (timestamps is null)
            return true;
        if (change.New is not null || timestamps.ReadsKey)
            change.Timestamp = timestamps.Of(_row);
        if (slots.RowTime >= 0)
            _row[slots.RowTime] = Slot.Of(change.Timestamp);
        return true;
    }

    private void FillPseudoColumns(in LogRecord record, ref Change change)
    {
        foreach (var (part, slot) in slots.KeyCopies)
            _row[slot] = _key[part];
        if (slots.RowTime >= 0)
            _row[slots.RowTime] = Slot.Of(change.Timestamp);
        if (slots.RowPartition >= 0)
            _row[slots.RowPartition] = Slot.Of((long)record.Partition);
        if (slots.RowOffset >= 0)
            _row[slots.RowOffset] = Slot.Of(record.Offset);
        if (slots.WindowStart >= 0)
            _row[slots.WindowStart] = Slot.Of(change.WindowStart);
        if (slots.WindowEnd >= 0)
            _row[slots.WindowEnd] = Slot.Of(change.WindowEnd);
        foreach (var (headerKey, slot) in slots.Headers)
            _row[slot] = Slot.Of(HeaderValues.Read(record.Headers, headerKey));
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

    private void FromTable(in LogRecord record, ref Change change)
    {
        var key = node.Source.Window is { } window ? WindowedKeys.Of(change.Key!, ref change, window, _windowedKey) : change.Key!;
        var isKnown = table!.TryGetValue(key, out var old);
        change.Old = isKnown ? old.Row : null;
        var length = record.Value?.Length ?? 0;
        _valueBytes += length - old.LengthBytes;
        _kept!.Changed(key);
        if (change.New is null)
            _ = table.Remove(key);
        else
        {
            change.New = (Slot[])_row.Clone();
            table[isKnown ? key : (Slot[])key.Clone()] = new(change.New, change.Timestamp, length);
        }
        Next!.Process(ref change);
        ForgetOldWindows();
    }

    /// <summary>
    /// Forgets rows of windows that the query which wrote them has forgotten: they do not change any more. Done now and then only, since it
    /// goes through all rows.
    /// </summary>
    private void ForgetOldWindows()
    {
        if (_keptMs is not { } keptMs || StreamTime - _forgottenAt < keptMs / ForgettingsInRetention)
            return;
        _forgottenAt = StreamTime;
        foreach (var (key, row) in table!)
        {
            if (key[^1].Bits >= StreamTime - keptMs)
                continue;
            _ = table.Remove(key);
            _valueBytes -= row.LengthBytes;
            _kept!.Changed(key);
        }
    }
}
