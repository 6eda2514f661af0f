using SockSort.Sql.Execution;

namespace SockSort.Sql.State;

/// <summary>The records of one side of a stream-stream join, by key and time, until they are too old for any partner.</summary>
/// <param name="retentionMs">How long a record is kept, by the newest time of this side; longer than 0.</param>
internal sealed class JoinWindow(long retentionMs)
{
    // As Kafka Streams cuts its stores: a segment is dropped as a whole.
    private readonly long _segmentMs = Math.Max(retentionMs / 2, 60_000);
    private readonly SortedList<long, Dictionary<Slot[], List<(long At, Slot[] Row)>>> _segments = [];
    private long _newest = long.MinValue;

    public long Count { get; private set; }

    /// <summary>Keeps a copy of the record; one that is older than the retention is left out.</summary>
    public void Put(Slot[] key, long at, Slot[] row)
    {
        _newest = Math.Max(_newest, at);
        Expire();
        if (IsTooOld(at))
            return;
        if (!_segments.TryGetValue(at / _segmentMs, out var segment))
            _segments.Add(at / _segmentMs, segment = new(RowKeyComparer.Instance));
        if (!segment.TryGetValue(key, out var records))
            segment.Add((Slot[])key.Clone(), records = []);
        var place = records.Count;
        while (place > 0 && records[place - 1].At > at)
            place--;
        records.Insert(place, (at, (Slot[])row.Clone()));
        Count++;
    }

    /// <summary>The key's records of a span of time, both ends inclusive, oldest first; equal ones in the order in which they came.</summary>
    public void Fetch(Slot[] key, long from, long to, List<(long At, Slot[] Row)> into)
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

    private bool IsTooOld(long at) => _newest != long.MinValue && at <= _newest - retentionMs;

    private void Expire()
    {
        while (_segments.Count > 0 && IsTooOld(((_segments.GetKeyAtIndex(0) + 1) * _segmentMs) - 1))
        {
            Count -= _segments.GetValueAtIndex(0).Values.Sum(records => records.Count);
            _segments.RemoveAt(0);
        }
    }
}
