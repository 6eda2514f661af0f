using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace SockSort.Log.Kafka.Reading;

/// <summary>
/// The records of one partition that were fetched and not read yet, and those of the last read, until the next one goes on behind them:
/// who reads several partitions by time comes back to what it has not worked on. Not thread-safe.
/// </summary>
/// <param name="place">The topic and the partition.</param>
/// <param name="next">The offset from which to read on.</param>
/// <param name="end">An offset that reading must reach before it may say that there is no more.</param>
internal sealed class PartitionFeed(TopicPartition place, long next, long end)
{
    // About what one read gives at most, twice.
    private const long MostBytes = 32 << 20;
    private const int MostRecords = 20_000;
    private const long MostBytesOfRead = 16 << 20;

    // In order of their offsets; those before the first index are dropped, and go when they are as many as the others.
    private readonly List<LogRecord> _records = [];
    private int _first;
    private long _lengthBytes;
    private long _end = end;

    // All before this offset is in the list, was read, or is no record: the marker of a transaction, or a record that was aborted.
    private long _through = next;

    public TopicPartition Place => place;

    /// <summary>The offset from which records are here.</summary>
    public long From { get; private set; } = next;

    /// <summary>The offset from which it is fetched, and behind the last record that was read.</summary>
    public long Next { get; private set; } = next;

    /// <summary>Why nothing more comes; null if all is well.</summary>
    public Error? Problem { get; set; }

    /// <summary>Whether the consumer fetches for it; what it gives before is of the feed that was there before.</summary>
    public bool IsAssigned { get; set; }

    /// <summary>Whether fetching rests because enough is waiting.</summary>
    public bool IsPaused { get; set; }

    public bool IsFull => _lengthBytes >= MostBytes || Count >= MostRecords;

    public bool IsHalfEmpty => _lengthBytes <= MostBytes / 2 && Count <= MostRecords / 2;

    private int Count => _records.Count - _first;

    /// <summary>Whether a read from this offset finds here what it needs.</summary>
    public bool Has(long from) => Problem is null && from >= From && from <= Next;

    /// <summary>Whether a read of so many records need not wait.</summary>
    public bool IsReady(int most) =>
        Count >= most || IsFull || _lengthBytes >= MostBytesOfRead || _through >= _end || Problem is not null;

    /// <summary>Has reads reach this offset.</summary>
    public void Require(long end) => _end = Math.Max(_end, end);

    /// <summary>Takes a record; one from before the place of reading, which a fetch may bring, is left out.</summary>
    /// <returns>Whether it is news.</returns>
    public bool Take(in LogRecord record)
    {
        if (record.Offset < _through)
            return false;
        _records.Add(record);
        _lengthBytes += record.LengthBytes;
        _through = record.Offset + 1;
        return true;
    }

    /// <summary>Takes note that there is nothing before this offset which has not been taken.</summary>
    public void TakeEnd(long offset) => _through = Math.Max(_through, offset);

    /// <summary>Goes to an offset that it has; what lies before is not asked for again.</summary>
    public void MoveTo(long from)
    {
        var records = CollectionsMarshal.AsSpan(_records);
        while (_first < records.Length && records[_first].Offset < from)
        {
            _lengthBytes -= records[_first].LengthBytes;
            records[_first++] = default;
        }
        if (_first > Count)
        {
            _records.RemoveRange(0, _first);
            _first = 0;
        }
        From = from;
    }

    /// <summary>Copies records from its place on into a batch.</summary>
    public void ReadInto(int most, RecordBatch into)
    {
        var left = MostBytesOfRead;
        foreach (ref readonly var record in CollectionsMarshal.AsSpan(_records)[_first..])
        {
            if (into.Records.Count == most || left <= 0)
                break;
            into.Records.Add(record);
            left -= record.LengthBytes;
            Next = Math.Max(Next, record.Offset + 1);
        }
        into.IsFull = into.Records.Count == most || left <= 0;
    }
}
