using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.State;
using SockSort.Sql.Planning;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>A table's row as its source stores it.</summary>
/// <param name="Row">Never changed afterwards: it may be handed on and kept.</param>
/// <param name="LengthBytes">Bytes of the record's value: about what strings and collections in the row take.</param>
internal readonly record struct TableRow(Slot[] Row, long Timestamp, int LengthBytes = 0);

/// <summary>Reads a topic's records as rows of a stream or as changes of a table.</summary>
/// <param name="readers">Makes a reader of the rows.</param>
/// <param name="table">The table's rows by key, to give the old row with the new one; null for a stream.</param>
internal sealed class SourceOperator(
    SourceNode node, SourceSlots slots, Func<SourceReader> readers, Dictionary<Slot[], TableRow>? table, QueryMetrics metrics)
    : IKeepsState
{
    private const byte ClockPart = 0;
    private const byte RowPart = 1;

    private const int ForgettingsInRetention = 8;

    // Entry of the dictionary, two array headers, the timestamp.
    private const int RowOverhead = 40 + 48 + 16;

    private readonly SourceReader _reader = readers();
    private readonly KeptTable? _kept = table is null ? null : new(RowPart, table);
    private readonly long? _keptMs = node.Source.Window is null ? null : (long?)node.Source.RowsKept?.TotalMilliseconds;
    private readonly Slot[] _key = new Slot[slots.KeyLength];
    private readonly Slot[] _row = new Slot[slots.RowLength];
    private readonly Slot[] _windowedKey = new Slot[slots.KeyLength + 2];
    private Operator? _next;
    private Operator? _behindConditions;
    private List<StreamFilter> _conditions = [];
    private long _valueBytes;
    private long _forgottenAt = long.MinValue / 2;

    public Operator? Next
    {
        get => _next;
        set
        {
            _next = value;
            FindConditions();
        }
    }

    /// <summary>Whether its rows may be read by others than its own reader, ahead of it.</summary>
    public bool MayBeReadAhead { get; init; } = true;

    /// <summary>Takes records that cannot be read; null where they are only counted.</summary>
    public DeadLetters? DeadLetters { get; set; }

    public string Topic => node.Source.Topic;

    /// <summary>The stream or table that it reads.</summary>
    public DataSource Source => node.Source;

    /// <summary>Reads its rows.</summary>
    public SourceReader Reader => _reader;

    /// <summary>Rows of the table by key (with the window's bounds where it has any); null for a stream.</summary>
    public Dictionary<Slot[], TableRow>? Table => table;

    /// <summary>Newest timestamp read, or the lowest number before the first record.</summary>
    public long StreamTime { get; private set; } = long.MinValue;

    /// <summary>Rough bytes of the table's rows; long strings and collections count by the records they came in.</summary>
    public long StateBytes => table is null ? 0 : (table.Count * (RowOverhead + (16L * (slots.RowLength + slots.KeyLength)))) + _valueBytes;

    /// <summary>Makes one that does ahead what depends on nothing but a record.</summary>
    public RowPreparer Preparer()
    {
        var errors = new ExpressionErrors();
        return new(readers(), [.. _conditions.Select(condition => condition.Another!(errors))], errors);
    }

    /// <summary>Processes one record; one that cannot be read is skipped, counted and reported.</summary>
    public void Process(in LogRecord record)
    {
        metrics.CountRead();
        var change = new Change { Timestamp = record.TimestampMs, Headers = record.Headers };
        try
        {
            _reader.Read(in record, _key, _row, ref change);
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

    /// <summary>Processes one record whose row has been read ahead.</summary>
    /// <param name="record">The record.</param>
    /// <param name="rows">The rows of its batch, by a <see cref="Preparer"/> of this source.</param>
    /// <param name="at">The record's place in the batch.</param>
    public void Process(in LogRecord record, PreparedRows rows, int at)
    {
        var state = rows.StateOf(at, out var timestamp);
        if (state == PreparedState.Unread)
        {
            Process(in record);
            return;
        }
        metrics.CountRead();
        StreamTime = Math.Max(StreamTime, timestamp);
        if (state == PreparedState.LeftOut)
            return;
        var change = new Change { Headers = record.Headers };
        rows.Take(at, ref change, _key, _row);
        if (table is not null)
            FromTable(in record, ref change);
        else
            _behindConditions!.Process(ref change);
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

    /// <summary>Conditions right behind a stream depend on its rows alone, unless one of their functions does not.</summary>
    private void FindConditions()
    {
        (_behindConditions, _conditions) = (_next, []);
        while (_behindConditions is StreamFilter { Another: not null } condition)
        {
            _conditions.Add(condition);
            _behindConditions = condition.Next;
        }
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
            change.New = (Slot[])change.New.Clone();
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
