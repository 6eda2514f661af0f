namespace SockSort.Log.Memory;

/// <summary>A partition in memory. Thread-safe.</summary>
internal sealed class MemoryPartition(int number)
{
    private readonly List<LogRecord> _records = [];
    private long _lengthBytes;
    private long _first;

    public long First
    {
        get
        {
            lock (_records)
                return _first;
        }
    }

    public long End
    {
        get
        {
            lock (_records)
                return _first + _records.Count;
        }
    }

    public PartitionInfo Info
    {
        get
        {
            lock (_records)
                return new(number, _first, _first + _records.Count, _lengthBytes);
        }
    }

    /// <returns>The offset of the first record.</returns>
    public long Append(IReadOnlyList<NewRecord> records, long nowMs, TopicRetention retention)
    {
        lock (_records)
        {
            var first = _first + _records.Count;
            foreach (var record in records)
            {
                _records.Add(new(number, _first + _records.Count, record.TimestampMs ?? nowMs, record.Key, record.Value, record.Headers));
                _lengthBytes += record.LengthBytes;
            }
            if (retention != TopicRetention.Everything)
                Remove(retention, nowMs);
            return first;
        }
    }

    public void ReadInto(long fromOffset, int maxRecords, RecordBatch into)
    {
        lock (_records)
            into.Fill(_records, _first, fromOffset, maxRecords);
    }

    /// <summary>Applies retention; the newest record stays, whatever its age and size.</summary>
    private void Remove(TopicRetention retention, long nowMs)
    {
        var (count, lengthBytes) = (0, 0L);
        while (count < _records.Count - 1 && IsBeyond(_records[count]))
            lengthBytes += _records[count++].LengthBytes;
        _records.RemoveRange(0, count);
        _first += count;
        _lengthBytes -= lengthBytes;

        bool IsBeyond(in LogRecord record) => _lengthBytes - lengthBytes > retention.Bytes
            || (retention.Time is { } time && record.TimestampMs < nowMs - (long)time.TotalMilliseconds);
    }
}
