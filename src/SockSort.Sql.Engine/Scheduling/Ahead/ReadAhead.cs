using System.Diagnostics.CodeAnalysis;
using SockSort.Log;
using SockSort.Sql.Engine.Queries;

namespace SockSort.Sql.Engine.Scheduling.Ahead;

/// <summary>
/// Reads partitions ahead on threads of its own, for queries that have more than a batch to read, and does what depends on a record alone.
/// The queries themselves work in the engine's thread, in the order in which they would without it.
/// </summary>
/// <param name="log">Is read.</param>
/// <param name="threads">The number of threads beside the engine's, which helps where it would wait; at least 1.</param>
/// <param name="batchSize">The most records that are read of a place at once.</param>
internal sealed class ReadAhead(ILog log, int threads, int batchSize) : IDisposable
{
    // Beyond it the engine's thread reads by itself.
    private const long MostBytes = 64 << 20;

    private readonly object _gate = new();
    private readonly Dictionary<(string Topic, int Partition), Lane> _lanes = [];
    private readonly Queue<Lane> _waiting = new();
    private readonly List<Thread> _threads = [];
    private long _bytes;
    private int _round;
    private bool _isEnding;

    /// <summary>A round begins: what the one before did not ask for is forgotten.</summary>
    public void RoundBegins()
    {
        if (_lanes.Count == 0)
            return;
        lock (_gate)
        {
            foreach (var (place, lane) in _lanes.Where(lane => lane.Value.Round != _round).ToList())
                Drop(place, lane);
            _round++;
        }
    }

    /// <summary>Takes what has been read ahead for queries at a place: exactly what a read would give now.</summary>
    /// <param name="places">Where the queries stand, in one partition at one offset.</param>
    /// <param name="beforeReading">Is called before the log is read for it.</param>
    /// <param name="read">Makes the reading of runs of records, of which there are a full batch or all.</param>
    /// <returns>Null where nothing has been read ahead.</returns>
    /// <exception cref="LogException">The log cannot be read.</exception>
    public TopicReading? Take(Subscription[] places, Action beforeReading, Func<RecordRun[], bool, TopicReading> read)
    {
        var place = (places[0].Topic, places[0].Partition);
        if (!_lanes.TryGetValue(place, out var lane))
            return null;
        lock (_gate)
        {
            if (!lane.IsAt(places, places[0].Next))
            {
                Drop(place, lane);
                return null;
            }
            lane.Round = _round;
            WaitFor(lane);
            if (lane.Available == 0)
            {
                Drop(place, lane);
                return null;
            }
            var isFull = lane.HasBatch || TopUp(lane, beforeReading);
            var reading = read(lane.Take(), isFull);
            lane.IsReadBy(reading);
            Offer(lane);
            return reading;
        }
    }

    /// <summary>Begins to read ahead behind a full batch, where memory allows.</summary>
    /// <param name="places">The queries that it was read for.</param>
    /// <param name="first">The batch; taken over.</param>
    /// <param name="read">Makes the reading of it.</param>
    /// <param name="reading">The reading.</param>
    /// <returns>Whether the batch was taken over.</returns>
    public bool TryBegin(
        Subscription[] places, RecordBatch first, Func<RecordRun[], bool, TopicReading> read,
        [NotNullWhen(true)] out TopicReading? reading)
    {
        reading = null;
        if (first.Records.Count < batchSize || !Array.TrueForAll(places, place => place.Source.MayBeReadAhead))
            return false;
        lock (_gate)
        {
            var bytes = Lane.BytesOf(places, first.Records);
            if (_bytes + bytes > MostBytes)
                return false;
            var lane = new Lane(places, first, batchSize) { Round = _round, Bytes = bytes };
            _bytes += bytes;
            _lanes[(places[0].Topic, places[0].Partition)] = lane;
            reading = read(lane.Take(), true);
            lane.IsReadBy(reading);
            Offer(lane);
            return true;
        }
    }

    /// <summary>Ends the threads and waits for them.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnding = true;
            Monitor.PulseAll(_gate);
        }
        foreach (var thread in _threads)
            thread.Join();
    }

    private void Drop((string, int) place, Lane lane)
    {
        lane.End();
        _bytes -= lane.Bytes;
        _ = _lanes.Remove(place);
    }

    /// <summary>Waits until a full batch is there or no more comes. Rather than wait, the engine's thread works.</summary>
    private void WaitFor(Lane lane)
    {
        while (!lane.HasBatch)
        {
            if (lane.WantsMore)
                Fill(lane);
            else if (!lane.IsBusy)
                return;
            else if (_waiting.TryDequeue(out var other))
                Fill(other);
            else
                _ = Monitor.Wait(_gate);
        }
    }

    private bool TopUp(Lane lane, Action beforeReading)
    {
        beforeReading();
        return lane.TopUp(log, lane.Begin().Batch);
    }

    /// <summary>Lets a thread fill a lane's next batch.</summary>
    private void Offer(Lane lane)
    {
        if (!lane.WantsMore || _waiting.Contains(lane))
            return;
        _waiting.Enqueue(lane);
        if (_threads.Count == 0)
            Start();
        Monitor.PulseAll(_gate);
    }

    private void Start()
    {
        for (var number = 1; number <= threads; number++)
        {
            var thread = new Thread(Work) { IsBackground = true, Name = $"SQL reads ahead {number}" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    private void Work()
    {
        lock (_gate)
        {
            while (!_isEnding)
            {
                if (_waiting.TryDequeue(out var lane))
                    Fill(lane);
                else
                    _ = Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Fills a lane's next batch, without the lock; called with it.</summary>
    private void Fill(Lane lane)
    {
        if (!lane.WantsMore)
            return;
        lane.IsBusy = true;
        var (batch, from) = lane.Begin();
        var isFilled = false;
        Monitor.Exit(_gate);
        try
        {
            isFilled = lane.Fill(log, batch, from);
        }
        catch (Exception)
        {
            // The engine's thread reads there itself then, and meets what it was.
        }
        finally
        {
            Monitor.Enter(_gate);
            lane.IsBusy = false;
        }
        if (isFilled)
            lane.Add(batch);
        else
            lane.End();
        Offer(lane);
        Monitor.PulseAll(_gate);
    }
}
