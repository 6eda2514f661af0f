using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.State;

/// <summary>A record of one side of a join.</summary>
/// <param name="Number">Counts the records in the order in which they came.</param>
internal readonly record struct JoinRecord(long At, Slot[] Row, long Number);

/// <summary>The records of one side of a stream-stream join, by key and time, until they are too old for any partner.</summary>
/// <param name="retentionMs">How long a record is kept, by the newest time of this side; longer than 0.</param>
internal sealed class JoinWindow(long retentionMs)
{
    // As Kafka Streams cuts its stores: a segment is dropped as a whole.
    private readonly long _segmentMs = Math.Max(retentionMs / 2, 60_000);
    private readonly SortedList<long, Dictionary<Slot[], List<JoinRecord>>> _segments = [];
    private readonly List<(Slot[] Key, JoinRecord Record)> _restored = [];
    private long _newest = long.MinValue;
    private long _added;
    private List<(Slot[] Key, JoinRecord Record)>? _put;
    private List<(Slot[] Key, JoinRecord Record)>? _dropped;

    public long Count { get; private set; }

    /// <summary>Keeps a copy of the record; one that is older than the retention is left out.</summary>
    public void Put(Slot[] key, long at, Slot[] row) => Put(key, new JoinRecord(at, row, _added++), isOwned: false);

    private void Put(Slot[] key, JoinRecord record, bool isOwned)
    {
        var at = record.At;
        _newest = Math.Max(_newest, at);
        Expire();
        if (IsTooOld(at))
            return;
        if (!_segments.TryGetValue(at / _segmentMs, out var segment))
            _segments.Add(at / _segmentMs, segment = new(RowKeyComparer.Instance));
        if (!segment.TryGetValue(key, out var records))
            segment.Add(isOwned ? key : (Slot[])key.Clone(), records = []);
        var place = records.Count;
        while (place > 0 && records[place - 1].At > at)
            place--;
        var kept = isOwned ? record : record with { Row = (Slot[])record.Row.Clone() };
        records.Insert(place, kept);
        Count++;
        _put?.Add(((Slot[])key.Clone(), kept));
    }

    /// <summary>
    /// Finds the key's records of a span of time, both ends inclusive, oldest first; equal ones in the order in which they came.
    /// </summary>
    public void Fetch(Slot[] key, long from, long to, List<JoinRecord> into)
    {
        into.Clear();
        foreach (var (number, segment) in _segments)
        {
            if ((number + 1) * _segmentMs <= from || number * _segmentMs > to || !segment.TryGetValue(key, out var records))
                continue;
            foreach (var record in records)
            {
                if (record.At >= from && record.At <= to && !IsTooOld(record.At))
                    into.Add(record);
            }
        }
    }

    public void KeepState()
    {
        foreach (var (key, record) in _restored.OrderBy(restored => restored.Record.Number))
            Put(key, record, isOwned: true);
        _restored.Clear();
        (_put, _dropped) = ([], []);
    }

    public void SaveChanges(byte part, StateWriter into)
    {
        foreach (var (key, record) in _put ?? [])
            into.Put(part, bytes => WriteKey(bytes, key, record), value => ValueCodec.Write(value, record.Row));
        foreach (var (key, record) in _dropped ?? [])
            into.Remove(part, bytes => WriteKey(bytes, key, record));
        _put?.Clear();
        _dropped?.Clear();
    }

    /// <summary>Restores the records of one entry; entries may come in any order.</summary>
    public void Restore(BinaryReader key, BinaryReader value)
    {
        var (at, number) = (key.ReadOrdered(), key.ReadOrdered());
        _added = Math.Max(_added, number + 1);
        _restored.Add((ValueCodec.ReadSlots(key), new JoinRecord(at, ValueCodec.ReadSlots(value), number)));
    }

    private static void WriteKey(BinaryWriter into, Slot[] key, JoinRecord record)
    {
        into.WriteOrdered(record.At);
        into.WriteOrdered(record.Number);
        ValueCodec.Write(into, key);
    }

    private bool IsTooOld(long at) => _newest != long.MinValue && at <= _newest - retentionMs;

    private void Expire()
    {
        while (_segments.Count > 0 && IsTooOld(((_segments.GetKeyAtIndex(0) + 1) * _segmentMs) - 1))
        {
            Count -= _segments.GetValueAtIndex(0).Values.Sum(records => records.Count);
            _dropped?.AddRange(_segments.GetValueAtIndex(0).SelectMany(entry => entry.Value.Select(record => (entry.Key, record))));
            _segments.RemoveAt(0);
        }
    }
}
