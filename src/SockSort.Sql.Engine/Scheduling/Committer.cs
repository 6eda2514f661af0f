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

    // The log stores what is unstored at this moment.
    private Task? _storing;

    /// <summary>Whether a commit is left that could not be stored.</summary>
    public bool HasUnstored => _unstored is not null && _storing is null;

    /// <summary>Whether so much has been processed that a commit is not put off any longer.</summary>
    public bool IsDue => _records >= MostBatches * batchSize || writes.Bytes >= MostBytes;

    /// <summary>Counts records that have been processed since the last commit.</summary>
    public void Count(int records) => _records += records;

    /// <summary>Stores what operators have written, with the queries' offsets and state.</summary>
    /// <returns>False where it could not be stored; it is kept, and tried again.</returns>
    public bool Commit() => Try(() =>
    {
        Finish();
        if (!Collected())
            return false;
        _ = log.Commit(_unstored!);
        Stored();
        return true;
    });

    /// <summary>Begins to do so: the queries go on while the log stores it. One commit at a time is stored.</summary>
    /// <returns>False where the one before could not be stored.</returns>
    public bool Begin() => Try(() =>
    {
        Finish();
        if (Collected())
            _storing = log.CommitAsync(_unstored!);
        return false;
    });

    /// <summary>Waits until what has begun is stored.</summary>
    /// <exception cref="LogException">It could not be stored; it is kept.</exception>
    public void Finish()
    {
        if (_storing is not { } storing)
            return;
        _storing = null;
        storing.GetAwaiter().GetResult();
        Stored();
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

    /// <param name="store">Says whether the log has stored something.</param>
    private bool Try(Func<bool> store)
    {
        try
        {
            if (!store())
                return true;
        }
        catch (LogException error)
        {
            storage.Failed(error);
            return false;
        }
        storage.Succeeded();
        ReportRows();
        return true;
    }

    private bool Collected()
    {
        _unstored ??= Collect();
        _records = 0;
        return _unstored is not null;
    }

    private void Stored()
    {
        _unstored = null;
        writes.Stored();
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
        foreach (var query in queries)
        {
            if (query.Durable is not { HasChanges: true } durable)
                continue;
            var changes = new StateWriter(query.Id);
            durable.Save(changes, offsets);
            states.AddRange(changes.Changes);
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
