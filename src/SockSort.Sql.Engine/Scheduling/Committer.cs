using SockSort.Log;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Engine.State;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>Stores what queries and statements have made: output, offsets and state in one commit.</summary>
/// <param name="log">Stores it.</param>
/// <param name="queries">Whose offsets and state it is.</param>
/// <param name="writes">The output.</param>
/// <param name="storage">Told whether it could be stored.</param>
/// <param name="observer">Told of the rows of each query that are stored; null where nobody is.</param>
/// <param name="batchSize">The most records that are read of a place at once.</param>
internal sealed class Committer(
    ILog log, IReadOnlyList<RunningQuery> queries, WriteBuffer writes, StorageRetry storage, IEngineObserver? observer, int batchSize)
{
    // A commit waits for the disk: what it takes is shared by so many batches' records.
    private const int MostBatches = 4;

    // But they wait in memory until then.
    private const long MostBytes = 32 << 20;

    private int _records;
    private LogCommit? _unstored;
    private Task? _onItsWay;

    /// <summary>Whether a commit is left that could not be stored.</summary>
    public bool HasUnstored => _unstored is not null && !IsOnItsWay;

    /// <summary>Whether a commit has begun that nobody has waited for.</summary>
    public bool IsOnItsWay => _onItsWay is not null;

    /// <summary>Whether so much has been processed that a commit is not put off any longer.</summary>
    public bool IsDue => _records >= MostBatches * batchSize || writes.Bytes >= MostBytes;

    /// <summary>Whether a commit was refused since others have its partitions, until <see cref="Discard"/>.</summary>
    public bool HasLost { get; private set; }

    /// <summary>Counts records that have been processed since the last commit.</summary>
    public void Count(int records) => _records += records;

    /// <summary>Stores what operators have written, with the queries' offsets and state, and what is on its way before.</summary>
    /// <returns>False where it could not be stored; it is kept, and tried again.</returns>
    public bool Commit() => Finish() && Try(Store);

    /// <summary>
    /// Begins to store it, and lets queries go on meanwhile. One commit is on its way at a time: that of the call before is waited for.
    /// What statements have made is waited for, too: the next statement asks the log for it.
    /// </summary>
    /// <returns>False where that one could not be stored; it is kept, and tried again.</returns>
    public bool Begin() => Finish() && Try(() =>
    {
        if (HasCollected() && _unstored is { Topics: [], RemovedConsumers: [] })
            _onItsWay = log.CommitAsync(_unstored);
        else
            Store();
    });

    /// <summary>Waits for what is on its way.</summary>
    /// <returns>False where it could not be stored; it is kept, and tried again.</returns>
    public bool Finish() => _onItsWay is not { } commit || Try(() =>
    {
        _onItsWay = null;
        commit.GetAwaiter().GetResult();
        Stored();
    });

    /// <summary>Waits for what is on its way where that writes to a topic: who reads there next is to see it.</summary>
    /// <exception cref="LogException">It could not be stored; it is kept, and tried again.</exception>
    public void FinishFor(string topic)
    {
        if (IsOnItsWay && _unstored!.Appends.Any(append => append.Topic == topic) && !Finish())
            throw new LogException(LogErrorKind.Storage, storage.Trouble!.Problem);
    }

    /// <summary>
    /// Throws away what queries have made since the last commit that was stored: the work on their partitions begins again there. What
    /// statements have made is stored with the next commit.
    /// </summary>
    public void Discard()
    {
        _ = Finish();
        writes.DiscardRecords();
        foreach (var topic in _unstored?.Topics ?? [])
            writes.Create(topic);
        foreach (var query in _unstored?.RemovedConsumers ?? [])
            writes.Forget(query);
        (_unstored, _records, HasLost) = (null, 0, false);
    }

    /// <summary>Stores what a statement has made: topics, where queries begin, what is written beside.</summary>
    /// <exception cref="LogException">It could not be stored; it is kept, and tried again.</exception>
    public void CommitStatement()
    {
        if (storage.Trouble is null)
            _ = Commit();
        if (storage.Trouble is { } trouble)
            throw new LogException(LogErrorKind.Storage, $"{trouble.Problem}; the statement is in force, and is kept as soon as it can be");
    }

    private bool Try(Action store)
    {
        try
        {
            store();
            return true;
        }
        catch (LogException error)
        {
            HasLost |= error.Kind == LogErrorKind.NotOwned;
            storage.Failed(error);
            return false;
        }
    }

    private void Store()
    {
        if (!HasCollected())
            return;
        _ = log.Commit(_unstored!);
        Stored();
    }

    /// <returns>False where there is nothing to store.</returns>
    private bool HasCollected()
    {
        _unstored ??= Collect();
        _records = 0;
        return _unstored is not null;
    }

    private void Stored()
    {
        _unstored = null;
        writes.Stored();
        storage.Succeeded();
        ReportRows();
    }

    /// <summary>Null where there is nothing to store.</summary>
    /// <exception cref="LogException">The log cannot tell its topics; nothing has been taken.</exception>
    private LogCommit? Collect()
    {
        // What may fail goes first.
        var partitions = writes.Partitions();
        var topics = writes.TakeTopics();
        var (appends, forgotten) = (writes.TakeRecords(partitions), writes.TakeForgotten());
        var (offsets, states) = (new List<ConsumedOffset>(), new List<StateChange>());
        var shared = new SortedSet<int>();
        foreach (var query in queries)
        {
            if (query.Durable is not { HasChanges: true } durable)
                continue;
            var changes = new StateWriter(query.Id);
            durable.Save(changes, offsets);
            states.AddRange(changes.Changes);
            if (query.Partition is { } partition)
                _ = shared.Add(partition);
        }
        if (topics.Count + appends.Count + forgotten.Count + offsets.Count + states.Count == 0)
            return null;
        return new LogCommit
        {
            Topics = topics,
            Appends = appends,
            RemovedConsumers = forgotten,
            Offsets = offsets,
            States = states,
            SharedPartitions = [.. shared],
        };
    }

    private void ReportRows()
    {
        if (observer is null)
            return;
        foreach (var query in queries)
        {
            if (query.TakeUnreportedRows() is > 0 and var rows)
                observer.Written(query.Id, rows);
        }
    }
}
