using SockSort.Log;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Engine.State;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>
/// Moves records from topics through queries, one round at a time: queries at the same place of a topic share one read; among topics the
/// record with the lowest timestamp goes first, as in Kafka Streams.
/// </summary>
internal sealed class QueryPump(
    ILog log, TimeProvider clock, MemoryGuard memory, IEngineObserver? observer, EngineLog events)
    : ITopicWriter
{
    // A commit waits for the disk: what it takes is shared by so many records.
    private const int CommitSize = 20_000;

    // But they wait in memory until then.
    private const long CommitBytes = 32 << 20;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly List<RunningQuery> _queries = [];
    private readonly Dictionary<string, List<(QueryMetrics Query, NewRecord Record)>> _pending = new(StringComparer.Ordinal);
    private readonly List<NewTopic> _newTopics = [];
    private readonly QueryMetrics _noQuery = new();
    private readonly TopicReads _reads = new(log);
    private int _uncommitted;
    private long _pendingBytes;
    private LogCommit? _waiting;

    public IReadOnlyList<RunningQuery> Queries => _queries;

    /// <summary>Why nothing goes on; null where all is well.</summary>
    public StorageTrouble? Trouble { get; private set; }

    /// <summary>Push queries ended since their clients read too slowly.</summary>
    public long SlowClientsEnded { get; private set; }

    public void Add(RunningQuery query) => _queries.Add(query);

    public void Remove(RunningQuery query) => _queries.Remove(query);

    /// <summary>Topics that the next commit makes.</summary>
    public IReadOnlyList<NewTopic> NewTopics => _newTopics;

    /// <summary>Makes a topic with the next commit.</summary>
    public void Create(NewTopic topic) => _newTopics.Add(topic);

    /// <summary>Removes a topic with what waits to be written to it; what others have written is stored before.</summary>
    /// <exception cref="LogException">It could not be stored that it is gone.</exception>
    public void Delete(string topic)
    {
        _ = _pending.Remove(topic);
        _ = _newTopics.RemoveAll(made => made.Name == topic);
        CommitNew();
        _ = log.DeleteTopic(topic);
    }

    /// <summary>Writes what no query has made: a statement.</summary>
    /// <exception cref="LogException">It is too large for a topic.</exception>
    public void Write(string topic, NewRecord record)
    {
        if (!Write(topic, record, _noQuery))
            throw new LogException(
                LogErrorKind.WrongRequest, $"the statement is in force, but is not kept for the next start: {_noQuery.LastError}");
    }

    public long MostRecordBytes => log.MostRecordBytes;

    public bool Write(string topic, NewRecord record, QueryMetrics query)
    {
        var length = record.LengthBytes;
        if (length > MostRecordBytes)
        {
            // The log would refuse it for ever, and with it all that is written beside.
            query.Skip($"a row was left out: it makes a record of {length} bytes, and topic '{topic}' takes {MostRecordBytes} at most");
            return false;
        }
        _pendingBytes += length;
        if (!_pending.TryGetValue(topic, out var list))
            _pending[topic] = list = [];
        list.Add((query, record));
        return true;
    }

    /// <summary>
    /// Reads and processes what is there, up to a batch of each topic. Where more waits to be read, what was written is stored with a later
    /// round's.
    /// </summary>
    /// <returns>False when there was nothing.</returns>
    public bool Round()
    {
        if (Trouble?.RetryAt > clock.GetUtcNow() || (_waiting is not null && !Flush()) || TryRead() is not { } readings)
            return false;
        if (readings.Count == 0)
        {
            _ = Flush();
            return false;
        }
        foreach (var together in Connected.Groups(readings, reading => reading.Ties))
            Merge(together);
        foreach (var reading in readings)
            reading.Arrived(clock.GetUtcNow());
        _uncommitted += readings.Sum(reading => reading.Done);
        // Whoever wants to be told of each record is told once it is stored.
        var mayWait = observer is null && _uncommitted < CommitSize && _pendingBytes < CommitBytes
            && readings.Exists(reading => reading.IsFull);
        if (!mayWait && Flush())
            Report(readings);
        memory.Check(_queries);
        return true;
    }

    /// <summary>Stores what a statement has made: topics, where queries begin, what is written beside.</summary>
    /// <exception cref="LogException">It could not be stored; it is kept, and tried again.</exception>
    public void CommitNew()
    {
        if (Trouble is null)
            _ = Flush();
        if (Trouble is not null)
            throw new LogException(LogErrorKind.Storage, $"{Trouble.Problem}; the statement is in force, and is kept as soon as it can be");
    }

    /// <summary>Lets windows close by the wall clock: stream time goes on since each query's last record.</summary>
    public void AdvanceTime()
    {
        if (Trouble is not null)
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

    /// <summary>Ends push queries whose clients have made no room for so long.</summary>
    public void EndStuck(TimeSpan patience)
    {
        var now = clock.GetUtcNow();
        foreach (var query in _queries.Where(query => query.State == QueryState.Running && query.Push?.IsStuck(now, patience) == true))
        {
            SlowClientsEnded++;
            query.Fail(QueryErrors.ClientTooSlow(query.Id, query.Push!.Drop(), patience));
        }
    }

    /// <summary>Logs records that queries have left out or missed.</summary>
    public void TellLosses() => events.TellLosses(_queries);

    /// <summary>An error that nothing explains ends all queries: none may look as if it ran.</summary>
    public void FailAll(Exception error)
    {
        var running = _queries.Where(query => query.State != QueryState.Error).ToList();
        if (running.Count > 0)
            events.EngineFailed(error);
        running.ForEach(query => Fail(query, error));
    }

    /// <summary>Stores what operators have written, with the queries' offsets and state.</summary>
    /// <returns>False where it could not be stored; it is kept, and tried again.</returns>
    public bool Flush()
    {
        _waiting ??= Collect();
        (_uncommitted, _pendingBytes) = (0, 0);
        if (_waiting is null)
            return true;
        try
        {
            _ = log.Commit(_waiting);
            _waiting = null;
        }
        catch (LogException error)
        {
            Stop(error);
            return false;
        }
        GoOn();
        TellWritten();
        return true;
    }

    private void Stop(LogException error)
    {
        if (Trouble is null)
            events.StorageLost(error.Message);
        Trouble = new(error.Message, clock.GetUtcNow() + RetryAfter);
        foreach (var query in _queries)
            query.Built.Metrics.Report($"{error.Message}; tried again at {Trouble.RetryAt:HH:mm:ss} UTC");
    }

    /// <summary>While nothing could be stored nothing was read either: that is no silence, and closes no window.</summary>
    private void GoOn()
    {
        if (Trouble is null)
            return;
        var now = clock.GetUtcNow();
        foreach (var query in _queries)
        {
            query.Built.Metrics.Report($"{Trouble.Problem}; over since {now:HH:mm:ss} UTC");
            if (query.LastRecordAt != default)
                query.LastRecordAt = now;
        }
        Trouble = null;
        events.StorageBack();
    }

    /// <summary>Null where the log cannot be read.</summary>
    private List<TopicReading>? TryRead()
    {
        try
        {
            var readings = _reads.Next(_queries, Fail);
            GoOn();
            return readings;
        }
        catch (LogException error)
        {
            Stop(error);
            return null;
        }
    }

    /// <summary>Null where there is nothing to store.</summary>
    private LogCommit? Collect()
    {
        var appends = _pending.Where(pair => pair.Value.Count > 0)
            .Select(pair => new TopicAppend(pair.Key, 0, [.. pair.Value.Select(row => row.Record)]))
            .ToList();
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
        // A connector may have made one in the meantime.
        NewTopic[] topicsToMake = [.. _newTopics.Where(topic => log.FindTopic(topic.Name) is null)];
        _newTopics.Clear();
        if (topicsToMake.Length + appends.Count + offsets.Count + states.Count == 0)
            return null;
        return new LogCommit { Topics = topicsToMake, Appends = appends, Offsets = offsets, States = states };
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
        catch (Exception error) when (RunningQuery.IsItsOwn(error))
        {
            Fail(query, error);
        }
    }

    /// <summary>
    /// Ends a query. What it has written since its last commit goes with the offsets that are not committed: after a restart it is written
    /// again.
    /// </summary>
    private void Fail(RunningQuery query, Exception error)
    {
        if (query.Durable is not null)
        {
            foreach (var records in _pending.Values)
                _ = records.RemoveAll(row => ReferenceEquals(row.Query, query.Built.Metrics));
        }
        query.Fail(error);
    }

    /// <summary>Stops when a full batch is used up: its topic may hold older records than the others' next ones.</summary>
    private static void Merge(IReadOnlyList<TopicReading> readings)
    {
        if (readings is [var alone])
        {
            alone.ProcessAll();
            return;
        }
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
