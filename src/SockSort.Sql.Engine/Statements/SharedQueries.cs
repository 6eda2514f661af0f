using SockSort.Log;
using SockSort.Log.Sharing;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Sql.Engine.Statements;

/// <summary>
/// The queries whose partitions several servers share: works on those that are this server's own, and follows what comes and goes. Used
/// under the engine's lock only.
/// </summary>
internal sealed class SharedQueries(EngineCore core, IPartitionShare share)
{
    // How long what goes between the stages of a query is kept: as long as Kafka keeps records where nobody says otherwise.
    private static readonly TimeSpan RowsKept = TimeSpan.FromDays(7);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private readonly List<SharedQuery> _queries = [];
    private readonly SortedSet<int> _own = [];

    // Own ones whose former owner may still have something on its way.
    private readonly SortedSet<int> _unsettled = [];
    private long? _lookedAt;

    /// <summary>Which partitions of a topic are this server's own.</summary>
    /// <param name="all">How many it has.</param>
    public OwnPartitions OwnOf(int all) => new(share.Name, _own, all);

    /// <summary>Has the servers work on a query.</summary>
    /// <exception cref="SqlException">Its work can't be divided.</exception>
    /// <exception cref="LogException">The log does not answer.</exception>
    public void Start(RunningQuery whole, DataSource sink, SqlSession session)
    {
        var shared = SharedPlan.Of(whole.Plan);
        var partitions = whole.Plan.Sources.Max(source => core.PartitionsOf(source.Source.Topic) ?? 1);
        share.Require(partitions);
        var between = shared.Regrouped is null ? null : TopicBetween(whole.Id);
        if (between is not null)
            _ = core.EnsureTopic(between, partitions, new TopicRetention(RowsKept));
        var query = new SharedQuery(core, whole, shared, between, partitions, sink, session);
        _queries.Add(query);
        core.Scheduler.Add(whole);
        // Its partitions begin with the next look.
        LookAt(_own);
    }

    /// <summary>Ends the work on a query.</summary>
    public void Stop(RunningQuery whole, bool forget)
    {
        foreach (var task in whole.Tasks.ToList())
        {
            End(task);
            if (forget)
                core.Scheduler.Writes.Forget(task.Id);
        }
        _ = _queries.RemoveAll(query => query.Whole == whole);
    }

    /// <summary>Takes up partitions that have come, and gives up those that go.</summary>
    public void Follow()
    {
        if (core.Scheduler.HasLost)
            DropAll();
        while (share.TryTake() is { } change)
        {
            Carry(change);
        }
        if (_unsettled.Count > 0 && (_lookedAt is not { } at || core.Options.Time.GetElapsedTime(at) >= LookEvery))
        {
            // One that is not settled has taken its time already.
            _ = _unsettled.ToList().TrueForAll(TryBegin);
            _lookedAt = core.Options.Time.GetTimestamp();
        }
    }

    /// <summary>Whatever goes wrong: who waits for it goes on, and what has been given back is worked on no more.</summary>
    private void Carry(ShareChange change)
    {
        try
        {
            Follow(change);
        }
        catch when (change.Kind != ShareChangeKind.Given)
        {
            _own.ExceptWith(change.Partitions);
            DropAll();
            throw;
        }
        finally
        {
            change.Done();
        }
    }

    private void Follow(ShareChange change)
    {
        switch (change.Kind)
        {
            case ShareChangeKind.Given:
                _own.UnionWith(change.Partitions);
                LookAt(change.Partitions);
                core.Events.PartitionsGiven(change.Partitions);
                break;
            case ShareChangeKind.Taken when core.Scheduler.Commit():
                Give(change.Partitions);
                break;
            default:
                // What has been worked on can't be stored, and a commit holds the work of all partitions.
                DropAll();
                Give(change.Partitions);
                break;
        }
    }

    private void Give(IReadOnlyList<int> partitions)
    {
        _own.ExceptWith(partitions);
        _unsettled.ExceptWith(partitions);
        foreach (var task in Tasks().Where(task => partitions.Contains(task.Partition!.Value)).ToList())
            End(task);
        core.Events.PartitionsGone(partitions);
    }

    /// <summary>Forgets all that is not stored: the work begins again at the last commit.</summary>
    private void DropAll()
    {
        core.Scheduler.Discard();
        foreach (var task in Tasks().ToList())
            End(task);
        LookAt(_own);
    }

    private void LookAt(IEnumerable<int> partitions)
    {
        _unsettled.UnionWith(partitions);
        _lookedAt = null;
    }

    private IEnumerable<RunningQuery> Tasks() => _queries.SelectMany(query => query.Whole.Tasks);

    private void End(RunningQuery task)
    {
        core.Scheduler.Remove(task);
        _ = task.Whole!.Tasks.Remove(task);
    }

    /// <returns>False where the partition is not settled, or the log does not answer.</returns>
    private bool TryBegin(int partition)
    {
        try
        {
            if (!share.IsSettled(partition))
                return false;
            foreach (var query in _queries.Where(query => partition < query.Partitions && IsIdle(query.Whole, partition)))
                Begin(query, partition);
            _ = _unsettled.Remove(partition);
            return true;
        }
        catch (LogException error)
        {
            core.Scheduler.Report(error);
            return false;
        }
    }

    private static bool IsIdle(RunningQuery whole, int partition) =>
        whole.State != QueryState.Error && !whole.Tasks.Exists(task => task.Partition == partition);

    private void Begin(SharedQuery query, int partition)
    {
        foreach (var task in query.Begin(partition))
        {
            query.Whole.Tasks.Add(task);
            core.Scheduler.Add(task);
        }
    }

    private string TopicBetween(string query)
    {
        var name = string.Concat(query.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '_'));
        return $"{ShareTopics.Prefix}{share.Name}-{name}-repartition";
    }
}
