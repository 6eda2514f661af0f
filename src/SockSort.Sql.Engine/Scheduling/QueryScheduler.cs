using SockSort.Log;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Scheduling.Ahead;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>
/// Moves records from topics through queries, one round at a time: queries at the same place of a topic share one read; among topics the
/// record with the lowest timestamp goes first, as in Kafka Streams.
/// </summary>
internal sealed class QueryScheduler : IDisposable
{
    private const int MostOnStack = 64;

    private readonly List<RunningQuery> _queries = [];
    private readonly ILog _log;
    private readonly TimeProvider _clock;
    private readonly bool _isByClock;
    private readonly MemoryGuard _memory;
    private readonly IEngineObserver? _observer;
    private readonly EngineLog _events;
    private readonly ReadAhead? _ahead;
    private readonly TopicReads _reads;
    private readonly StorageRetry _storage;
    private readonly Committer _commits;

    public QueryScheduler(ILog log, RecordPlacer placer, SqlEngineOptions options, MemoryGuard memory, EngineLog events)
    {
        var (clock, observer) = (options.Time, options.Observer);
        (_log, _clock, _memory, _observer, _events) = (log, clock, memory, observer, events);
        _isByClock = options.Clock == SqlClock.Wall;
        // Whoever watches each record sees a round from its reading to its commit before the next.
        _ahead = options.Threads > 1 && observer is null ? new(log, options.Threads - 1, options.BatchSize) : null;
        _reads = new(log, options.BatchSize, _ahead, topic => _commits!.FinishFor(topic));
        Writes = new(log, placer);
        _storage = new(_queries, clock, events);
        _commits = new(log, _queries, Writes, _storage, observer, options.BatchSize);
    }

    public IReadOnlyList<RunningQuery> Queries => _queries;

    /// <summary>What the next commit writes.</summary>
    public WriteBuffer Writes { get; }

    /// <summary>Why nothing goes on; null where all is well.</summary>
    public StorageTrouble? Trouble => _storage.Trouble;

    /// <summary>Push queries ended since their clients read too slowly.</summary>
    public long SlowClientsEnded { get; private set; }

    /// <summary>Whether a commit was refused since others have its partitions, until <see cref="Discard"/>.</summary>
    public bool HasLost => _commits.HasLost;

    public void Add(RunningQuery query) => _queries.Add(query);

    public void Remove(RunningQuery query) => _queries.Remove(query);

    /// <inheritdoc cref="Committer.CommitStatement"/>
    public void CommitStatement() => _commits.CommitStatement();

    /// <inheritdoc cref="Committer.Commit"/>
    public bool Commit() => _commits.Commit();

    /// <inheritdoc cref="Committer.Discard"/>
    public void Discard() => _commits.Discard();

    /// <summary>The log could not be read: nothing goes on before it is tried again.</summary>
    public void Report(LogException error) => _storage.Failed(error);

    /// <summary>Removes a topic with what waits to be written to it; what others have written is stored before.</summary>
    /// <exception cref="LogException">It could not be stored that it is gone.</exception>
    public void Delete(string topic)
    {
        Writes.DiscardTopic(topic);
        CommitStatement();
        _ = _log.DeleteTopic(topic);
    }

    /// <summary>
    /// Reads and processes what is there, up to a batch of each topic. Where more waits to be read, what was written is stored with a later
    /// round's.
    /// </summary>
    /// <returns>False when there was nothing.</returns>
    public bool Round()
    {
        if (_storage.MustWait || (_commits.HasUnstored && !Commit()) || TryRead() is not { } readings)
            return false;
        if (readings.Count == 0)
        {
            // What was on its way may be there to be read now.
            var wasOnItsWay = _commits.IsOnItsWay;
            return Commit() && wasOnItsWay;
        }
        foreach (var together in Connected.Groups(readings, reading => reading.Ties))
            ProcessByTime(together);
        var now = _clock.GetUtcNow();
        foreach (var reading in readings)
        {
            reading.RecordsArrived(now);
            if (_isByClock)
                reading.NoteAhead(now);
        }
        _commits.Count(readings.Sum(reading => reading.Done));
        // Whoever wants to be told of each record is told once it is stored.
        var mayWait = _observer is null && !_commits.IsDue && readings.Exists(reading => reading.IsFull);
        if (!mayWait)
            StoreWhatIsDone(readings);
        _memory.Check(_queries, Fail);
        return true;
    }

    /// <summary>Lets windows close by the wall clock: stream time goes on since each query's last record.</summary>
    public void AdvanceTime()
    {
        if (Trouble is not null)
            return;
        var now = _clock.GetUtcNow();
        foreach (var query in _queries)
        {
            if (query.State == QueryState.Running && query.Silence.LengthAt(now) is { } silence)
                AdvanceTime(query, (long)silence.TotalMilliseconds);
        }
        _ = Commit();
    }

    /// <summary>Ends push queries whose clients have made no room for so long.</summary>
    public void EndStuck(TimeSpan patience)
    {
        var now = _clock.GetUtcNow();
        foreach (var query in _queries.Where(query => query.State == QueryState.Running && query.Push?.IsStuck(now, patience) == true))
        {
            SlowClientsEnded++;
            query.Fail(QueryErrors.ClientTooSlow(query.Id, query.Push!.Drop(), patience));
        }
    }

    /// <summary>Logs records that queries have left out or missed.</summary>
    public void LogLosses() => _events.LogLosses(_queries);

    /// <summary>An error that nothing explains ends all queries: none may look as if it ran.</summary>
    public void FailAll(Exception error)
    {
        var running = _queries.Where(query => query.State != QueryState.Error).ToList();
        if (running.Count > 0)
            _events.EngineFailed(error);
        running.ForEach(query => Fail(query, error));
    }

    /// <summary>Ends the threads that read ahead.</summary>
    public void Dispose() => _ahead?.Dispose();

    /// <summary>Null where the log cannot be read.</summary>
    private List<TopicReading>? TryRead()
    {
        try
        {
            var readings = _reads.Next(_queries, Fail);
            _storage.Succeeded();
            return readings;
        }
        catch (LogException error)
        {
            _storage.Failed(error);
            return null;
        }
    }

    /// <summary>
    /// Processes the records of several readings by their time. It stops when a full batch is used up: its topic may hold older records
    /// than the next ones of the others.
    /// </summary>
    private static void ProcessByTime(IReadOnlyList<TopicReading> readings)
    {
        if (readings is [var alone])
        {
            alone.ProcessAll();
            return;
        }
        // The next time of each reading, beyond all times where there is none: asking the readings for each record costs more.
        Span<long> next = readings.Count <= MostOnStack ? stackalloc long[readings.Count] : new long[readings.Count];
        for (var i = 0; i < next.Length; i++)
            next[i] = readings[i].NextTimestamp;
        while (true)
        {
            var first = 0;
            for (var i = 1; i < next.Length; i++)
            {
                if (next[i] < next[first])
                    first = i;
            }
            var reading = readings[first];
            if (!reading.HasMore)
                return;
            reading.ProcessNext();
            next[first] = reading.HasMore ? reading.NextTimestamp : long.MaxValue;
            if (reading is { HasMore: false, IsFull: true })
                return;
        }
    }

    /// <summary>Stores it at once where somebody waits for it; else while more is worked on.</summary>
    private void StoreWhatIsDone(List<TopicReading> readings)
    {
        if (_observer is null && readings.Exists(reading => reading.IsFull))
            _ = _commits.Begin();
        else if (_commits.Commit())
            Report(readings);
    }

    private void Report(List<TopicReading> readings)
    {
        if (_observer is null)
            return;
        foreach (var reading in readings)
            reading.Report(_observer);
    }

    /// <summary>
    /// Moves a query's stream time on by its silence. An error that no single record explains ends the query, not the engine.
    /// </summary>
    private void AdvanceTime(RunningQuery query, long silenceMs)
    {
        var before = query.Built.Metrics.Written;
        foreach (var source in query.Built.Sources.Where(source => source.StreamTime > long.MinValue))
        {
            try
            {
                source.Next!.AdvanceTime(source.StreamTime + silenceMs);
            }
            catch (Exception error) when (RunningQuery.IsItsOwn(error))
            {
                Fail(query, error);
            }
        }
        // That time has gone on is no reason to write to the disk ten times a second.
        if (query.Built.Metrics.Written > before)
            query.Durable?.Changed();
    }

    /// <summary>
    /// Ends a query. What it has written since its last commit goes with the offsets that are not committed: after a restart it is written
    /// again.
    /// </summary>
    private void Fail(RunningQuery query, Exception error)
    {
        if (query.Durable is not null)
            Writes.DiscardRecordsOf(query.Built.Metrics);
        query.Fail(error);
    }
}
