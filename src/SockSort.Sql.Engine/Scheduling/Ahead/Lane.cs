using System.Runtime.InteropServices;
using SockSort.Log;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Queries;

namespace SockSort.Sql.Engine.Scheduling.Ahead;

/// <summary>
/// One partition that is read ahead for the queries that stand at one place of it. Used under <see cref="ReadAhead"/>'s lock.
/// </summary>
/// <remarks>Only <see cref="Fill"/> runs without the lock, on one thread at a time, and touches nothing but what it is given.</remarks>
internal sealed class Lane
{
    // The round takes records of one or two batches; one more is being made.
    private const int MostBatches = 3;

    // A record as it was read, what is noted of its row, two array headers with their place in a list.
    private const int BytesOfRecord = 104 + 40 + 64;
    private const int BytesOfSlot = 16;

    private readonly int _batchSize;
    private readonly Subscription[] _places;
    private readonly RowPreparer[] _preparers;
    private readonly SharedRows[] _shared;
    private readonly List<PreparedBatch> _batches = [];
    private readonly Stack<PreparedBatch> _spare = new();
    private long _nextToRead;
    private int _at;
    private TopicReading? _reading;

    /// <param name="places">Where the queries stand.</param>
    /// <param name="first">The records there; they are not prepared, and the next ones will be.</param>
    /// <param name="batchSize">Records of a batch: the most that a round reads of one place.</param>
    public Lane(Subscription[] places, RecordBatch first, int batchSize)
    {
        _batchSize = batchSize;
        _places = places;
        _preparers = [.. places.Select(place => place.Source.Preparer())];
        _shared = new RowSharing().Share([.. _preparers.Select(preparer => preparer.Reader)]);
        Add(new PreparedBatch(first, places.Length));
        Next = first.Records[0].Offset;
    }

    /// <summary>Whether a thread fills a batch of it.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Whether nothing more is read ahead: there was no full batch, or it could not be read.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The number of the round in which it was last asked for.</summary>
    public int Round { get; set; }

    /// <summary>What <see cref="BytesOf"/> said of it.</summary>
    public long Bytes { get; init; }

    /// <summary>The offset that the queries come to next.</summary>
    public long Next { get; private set; }

    /// <summary>The records that wait.</summary>
    public int Available { get; private set; }

    /// <summary>Whether as many wait as a round reads.</summary>
    public bool HasBatch => Available >= _batchSize;

    public bool WantsMore => !IsBusy && !HasEnded && _batches.Count < MostBatches;

    /// <summary>The most memory that it takes, roughly.</summary>
    public static long BytesOf(Subscription[] places, List<LogRecord> first) => MostBatches * (first.Sum(record => record.LengthBytes)
        + ((long)first.Count * places.Sum(place =>
            BytesOfRecord + (BytesOfSlot * (place.Source.Reader.RowLength + place.Source.Reader.KeyLength)))));

    /// <summary>Whether these are its queries, at the place that it has come to.</summary>
    public bool IsAt(Subscription[] places, long offset)
    {
        Consume();
        return Next == offset && _places.AsSpan().SequenceEqual(places);
    }

    /// <summary>Takes up to a batch of what waits, as long as it is valid until the next call of <see cref="IsAt"/>.</summary>
    public RecordRun[] Take()
    {
        var (runs, left, from) = (new List<RecordRun>(), _batchSize, _at);
        foreach (var batch in _batches)
        {
            var to = Math.Min(batch.Records.Count, from + left);
            runs.Add(new(batch.Records, batch.Rows, from, to));
            left -= to - from;
            from = 0;
            if (left == 0)
                break;
        }
        return [.. runs];
    }

    /// <summary>Remembers who goes through what was taken.</summary>
    public void IsReadBy(TopicReading reading) => _reading = reading;

    /// <summary>Memory for the next batch, and where it begins.</summary>
    public (PreparedBatch Batch, long From) Begin() => (_spare.TryPop(out var spare) ? spare : new(new(), _places.Length), _nextToRead);

    /// <summary>Reads and prepares a batch.</summary>
    /// <returns>False where there is none that the queries would read in one piece too: nothing more is read ahead.</returns>
    public bool Fill(ILog log, PreparedBatch batch, long from)
    {
        var (topic, partition) = (_places[0].Topic, _places[0].Partition);
        log.ReadInto(topic, partition, from, _batchSize, batch.Batch);
        if (batch.Records.Count < _batchSize || (batch.Records[0].Offset > from && log.FirstOffset(topic, partition) > from))
            return false;
        foreach (var rows in batch.Rows)
            rows.Clear();
        foreach (ref readonly var record in CollectionsMarshal.AsSpan(batch.Records))
        {
            foreach (var shared in _shared)
                shared.Forget();
            for (var i = 0; i < _preparers.Length; i++)
                _preparers[i].Prepare(in record, batch.Rows[i]);
        }
        return true;
    }

    /// <summary>Adds a batch.</summary>
    public void Add(PreparedBatch batch)
    {
        _batches.Add(batch);
        Available += batch.Records.Count;
        _nextToRead = batch.End;
    }

    /// <summary>Nothing more is read ahead.</summary>
    public void End() => HasEnded = true;

    /// <summary>Adds what has come in the meantime, so that the queries see what they would see without reading ahead.</summary>
    /// <param name="batch">The memory that <see cref="Begin"/> gave.</param>
    /// <param name="log">Is read.</param>
    /// <returns>Whether there are more records, which may not be read in the same piece.</returns>
    public bool TopUp(ILog log, PreparedBatch batch)
    {
        var (topic, partition, from) = (_places[0].Topic, _places[0].Partition, _nextToRead);
        log.ReadInto(topic, partition, from, _batchSize - Available, batch.Batch);
        if (batch.Records.Count == 0)
            return false;
        // Retention has removed some before the others: they are counted as missed when a reading begins there.
        if (batch.Records[0].Offset > from && log.FirstOffset(topic, partition) > from)
            return true;
        foreach (var rows in batch.Rows)
            rows.Clear();
        Add(batch);
        HasEnded = !batch.Batch.IsFull;
        return batch.Batch.IsFull;
    }

    /// <summary>Leaves behind what has been read.</summary>
    private void Consume()
    {
        if (_reading is null)
            return;
        var done = _reading.Done;
        _reading = null;
        if (done == 0)
            return;
        (Available, _at) = (Available - done, _at + done);
        while (_batches.Count > 0 && _at >= _batches[0].Records.Count)
        {
            _at -= _batches[0].Records.Count;
            Next = _batches[0].End;
            _spare.Push(_batches[0]);
            _batches.RemoveAt(0);
        }
        if (_at > 0)
            Next = _batches[0].Records[_at - 1].Offset + 1;
    }
}
