using SockSort.Sql.Durability;
using SockSort.Sql.Execution;
using SockSort.Sql.Functions;
using SockSort.Sql.Topics;

namespace SockSort.Sql.Engine;

/// <summary>
/// Moves records from topics through queries, one round at a time: queries at the same place of a topic share one read; among topics the
/// record with the lowest timestamp goes first, as in Kafka Streams.
/// </summary>
internal sealed class QueryPump(ITopics topics, TimeProvider clock, MemoryGuard memory, IEngineObserver? observer) : ITopicWriter
{
    // A commit waits for the disk: what it takes is shared by so many records.
    private const int BatchSize = 5000;
    private const int CommitSize = 20_000;

    // Rooms for records that are kept for the next round.
    private const int MostRooms = 8;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly List<RunningQuery> _queries = [];
    private readonly Dictionary<string, List<(QueryMetrics Query, NewRecord Record)>> _pending = new(StringComparer.Ordinal);
    private readonly List<RecordBatch> _rooms = [];
    private int _uncommitted;
    private TopicCommit? _waiting;
    private DateTimeOffset _retryAt;

    public IReadOnlyList<RunningQuery> Queries => _queries;

    public void Add(RunningQuery query) => _queries.Add(query);

    public void Remove(RunningQuery query) => _queries.Remove(query);

    public void Write(string topic, NewRecord record, QueryMetrics query)
    {
        if (!_pending.TryGetValue(topic, out var list))
            _pending[topic] = list = [];
        list.Add((query, record));
    }

    /// <summary>Reads and processes what is there, up to a batch of each topic. Where more waits to be read, what was written is stored with a later round's.</summary>
    /// <returns>False when there was nothing.</returns>
    public bool Round()
    {
        if (_waiting is not null && (clock.GetUtcNow() < _retryAt || !Flush()))
            return false;
        var readings = Readings();
        if (readings.Count == 0)
        {
            _ = Flush();
            return false;
        }
        if (readings.Count == 1)
            readings[0].ProcessAll();
        else
            Merge(readings);
        foreach (var reading in readings)
            reading.Arrived(clock.GetUtcNow());
        _uncommitted += readings.Sum(reading => reading.Done);
        // Whoever wants to be told of each record is told once it is stored.
        var mayWait = observer is null && _uncommitted < CommitSize && readings.Exists(reading => reading.IsFull);
        if (!mayWait && Flush())
            Report(readings);
        memory.Check(_queries);
        return true;
    }

    /// <summary>Stores where queries begin that have just been made.</summary>
    public void CommitNew()
    {
        if (_waiting is null && _queries.Exists(query => query is { IsDirty: true, Durable: not null }))
            _ = Flush();
    }

    /// <summary>Lets windows close by the wall clock: stream time goes on since each query's last record.</summary>
    public void AdvanceTime()
    {
        if (_waiting is not null)
            return;
        var now = clock.GetUtcNow();
        // Records that wait are no silence, however long it took to come to them.
        foreach (var query in _queries.Where(query => query.State == QueryState.Running && query.IsIdle && query.LastRecordAt != default))
        {
            var idle = (long)(now - query.LastRecordAt).TotalMilliseconds;
            var before = query.Built.Metrics.Written;
            foreach (var source in query.Built.Sources.Where(source => source.StreamTime > long.MinValue))
                Guard(query, () => source.Next!.AdvanceTime(source.StreamTime + idle));
            // That time has gone on is no reason to write to the disk ten times a second.
            query.IsDirty |= query.Built.Metrics.Written > before;
        }
        _ = Flush();
    }

    /// <summary>Stores what operators have written, with the queries' offsets and state.</summary>
    /// <returns>False where it could not be stored; it is kept, and tried again.</returns>
    public bool Flush()
    {
        _waiting ??= Collect();
        _uncommitted = 0;
        if (_waiting is null)
            return true;
        try
        {
            topics.Commit(_waiting);
            _waiting = null;
        }
        catch (TopicsException error)
        {
            _retryAt = clock.GetUtcNow() + RetryAfter;
            foreach (var query in _queries)
                query.Built.Metrics.Report($"{error.Message}; tried again at {_retryAt:HH:mm:ss} UTC");
            return false;
        }
        GoOnAfterFailure();
        TellWritten();
        return true;
    }

    /// <summary>While nothing could be stored nothing was read either: that is no silence, and closes no window.</summary>
    private void GoOnAfterFailure()
    {
        if (_retryAt == default)
            return;
        _retryAt = default;
        foreach (var query in _queries.Where(query => query.LastRecordAt != default))
            query.LastRecordAt = clock.GetUtcNow();
    }

    /// <summary>Null where there is nothing to store.</summary>
    private TopicCommit? Collect()
    {
        var appends = _pending.Where(pair => pair.Value.Count > 0).Select(pair => new TopicAppend(pair.Key, 0, [.. pair.Value.Select(row => row.Record)])).ToList();
        foreach (var records in _pending.Values)
            records.Clear();
        var (offsets, states) = (new List<ConsumedOffset>(), new List<StateChange>());
        foreach (var query in _queries.Where(query => query is { IsDirty: true, Durable: not null }))
        {
            var changes = new StateWriter(query.Id);
            query.Durable!.Save(changes, offsets);
            states.AddRange(changes.Changes);
            query.IsDirty = false;
        }
        return appends.Count + offsets.Count + states.Count == 0 ? null : new(appends, offsets, states);
    }

    private void TellWritten()
    {
        if (observer is null)
            return;
        foreach (var query in _queries)
        {
            var rows = query.Built.Metrics.Written - query.RowsReported;
            query.RowsReported += rows;
            if (rows > 0)
                observer.Written(query.Id, rows);
        }
    }

    /// <summary>An error that no single record explains ends the query, not the engine.</summary>
    private void Guard(RunningQuery query, Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is FunctionException or SqlException or InvalidOperationException or NotSupportedException or ArithmeticException)
        {
            Fail(query, error);
        }
    }

    /// <summary>Ends a query. What it has written since its last commit goes with the offsets that are not committed: after a restart it is written again.</summary>
    private void Fail(RunningQuery query, Exception error)
    {
        if (query.Durable is not null)
        {
            foreach (var records in _pending.Values)
                _ = records.RemoveAll(row => ReferenceEquals(row.Query, query.Built.Metrics));
        }
        query.Fail(error);
    }

    private List<TopicReading> Readings()
    {
        foreach (var query in _queries)
            query.IsIdle = true;
        var places = _queries.Where(query => query.CanRead).SelectMany(query => query.Subscriptions)
            .GroupBy(subscription => (subscription.Topic, subscription.Partition))
            .OrderBy(group => group.Key.Topic, StringComparer.Ordinal).ThenBy(group => group.Key.Partition);
        if (_rooms.Count > MostRooms)
            _rooms.RemoveRange(MostRooms, _rooms.Count - MostRooms);
        var readings = new List<TopicReading>();
        foreach (var place in places)
        {
            var byOffset = place.GroupBy(subscription => subscription.Next).OrderBy(group => group.Key).ToList();
            for (var i = 0; i < byOffset.Count; i++)
            {
                // Who is behind reads only up to the next one's place, so that both go on together.
                var most = i + 1 < byOffset.Count ? (int)Math.Min(BatchSize, byOffset[i + 1].Key - byOffset[i].Key) : BatchSize;
                if (_rooms.Count == readings.Count)
                    _rooms.Add(new());
                topics.ReadInto(place.Key.Topic, place.Key.Partition, byOffset[i].Key, most, _rooms[readings.Count]);
                var records = _rooms[readings.Count].Records;
                if (records.Count == 0)
                    continue;
                CountMissed(byOffset[i], records[0].Offset);
                readings.Add(new([.. byOffset[i]], records, isFull: records.Count == most, Fail));
            }
        }
        return readings;
    }

    /// <summary>Records that retention has removed are gone: who wanted them is told, and goes on with the oldest that is there.</summary>
    private static void CountMissed(IEnumerable<Subscription> places, long first)
    {
        foreach (var place in places.Where(place => place.Next < first))
            place.Query.Built.Metrics.CountMissed(first - place.Next, SqlErrors.RecordsMissed(place.Topic, place.Next, first));
    }

    /// <summary>Stops when a full batch is used up: its topic may hold older records than the others' next ones.</summary>
    private static void Merge(List<TopicReading> readings)
    {
        while (true)
        {
            TopicReading? first = null;
            foreach (var reading in readings)
            {
                if (reading.HasMore && (first is null || reading.NextTimestamp < first.NextTimestamp))
                    first = reading;
            }
            if (first is null)
                return;
            first.ProcessNext();
            if (first is { HasMore: false, IsFull: true })
                return;
        }
    }

    private void Report(List<TopicReading> readings)
    {
        if (observer is null)
            return;
        foreach (var reading in readings)
            reading.Report(observer);
    }
}
