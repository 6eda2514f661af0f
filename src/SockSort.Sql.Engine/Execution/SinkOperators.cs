using System.Buffers.Binary;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.JavaTime;
using SockSort.Sql.Syntax;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Takes records for a topic; they are appended together at the end of a round.</summary>
internal interface ITopicWriter
{
    /// <summary>Most <see cref="NewRecord.LengthBytes"/> of a record.</summary>
    long MostRecordBytes { get; }

    /// <param name="topic">The topic; the record's key says into which of its partitions it goes.</param>
    /// <param name="record">The record.</param>
    /// <param name="query">The query that writes it.</param>
    /// <param name="windowBytes">The number of bytes at the end of its key that are a window's bounds.</param>
    /// <returns>False where the record is too large for a topic: it is left out, counted and reported.</returns>
    bool Write(string topic, NewRecord record, QueryMetrics query, int windowBytes = 0);
}

/// <summary>Writes a persistent query's rows as records of its topic.</summary>
/// <param name="keyOrder">For each key column of the sink, the part of the change's key.</param>
/// <param name="timestamp">Reads the record's time; null for the change's own.</param>
internal sealed class TopicSink(
    DataSource sink, int[] keyOrder, IRowWriter keyWriter, IRowWriter valueWriter, Func<Change, Slot[], long?>? timestamp,
    ITopicWriter topics, QueryMetrics metrics)
    : Operator
{
    private readonly RecordBytes _bytes = new();
    private readonly Slot[] _key = new Slot[keyOrder.Length];
    private readonly int _windowBytes = WindowedKeys.BoundsBytes(sink.Window);

    /// <summary>Whether rows are left out: an earlier query has written them.</summary>
    public bool IsSilent { get; set; }

    public override void Process(ref Change change)
    {
        if (IsSilent)
            return;
        _bytes.Forget();
        for (var i = 0; i < keyOrder.Length; i++)
            _key[i] = change.Key is null ? default : change.Key[keyOrder[i]];
        var key = Key(ref change);
        var at = timestamp is null ? change.Timestamp : timestamp(change, _key);
        if (at is null)
            return;
        ReadOnlyMemory<byte>? value = null;
        if (change.New is not null && valueWriter.Write(change.New, _bytes))
            value = _bytes.Take();
        if (topics.Write(sink.Topic, new NewRecord(key, value, at, change.Headers), metrics, _windowBytes))
            metrics.CountWritten();
    }

    public override void AdvanceTime(long streamTime)
    {
    }

    private ReadOnlyMemory<byte>? Key(ref Change change)
    {
        var hasKey = change.Key is not null && keyWriter.Write(_key, _bytes);
        if (!hasKey)
            return null;
        if (sink.Window is { } window)
        {
            if (window.Kind == WindowKind.Session)
                Append(change.WindowEnd);
            Append(change.WindowStart);
        }
        return _bytes.Take();
    }

    private void Append(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
    }
}

/// <summary>Reads the time of a sink's record: the change's own, or a column of the key or value.</summary>
internal static class SinkTimestamps
{
    /// <param name="column">The column that holds the time; null for the change's own time.</param>
    /// <returns>
    /// A reader that gives null for a row without usable time: the row is left out, counted and reported. No reader for the change's own.
    /// </returns>
    public static Func<Change, Slot[], long?>? Reader(
        TimestampColumn? column, SourceSchema schema, bool failsOnWrongTime, QueryMetrics metrics)
    {
        if (column is null)
            return null;
        var keyIndex = schema.Keys.ToList().FindIndex(key => key.Name == column.Name);
        var valueIndex = schema.Values.ToList().FindIndex(value => value.Name == column.Name);
        var type = keyIndex >= 0 ? schema.Keys[keyIndex].Type : schema.Values[valueIndex].Type;
        var format = column.Format is null ? null : JavaDateFormat.Of(column.Format);
        var reader = new TimestampReader(keyIndex >= 0 ? keyIndex : valueIndex, type, format, readsKey: keyIndex >= 0, failsOnWrongTime);
        return (change, key) =>
        {
            if (keyIndex < 0 && change.New is null)
                return change.Timestamp;
            try
            {
                return reader.Of(keyIndex >= 0 ? key : change.New!);
            }
            catch (RecordException error)
            {
                metrics.Skip($"a row was left out: {error.Message}", $"a row was left out: {error.Shown}");
                return null;
            }
        };
    }
}

/// <summary>Hands rows to a delegate: push queries, materialised tables.</summary>
internal sealed class RowSink(RowSink.Taker take) : Operator
{
    internal delegate void Taker(ref Change change);

    public override void Process(ref Change change) => take(ref change);

    public override void AdvanceTime(long streamTime)
    {
    }
}
