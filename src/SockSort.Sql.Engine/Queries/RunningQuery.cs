using SockSort.Log;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Planning;

namespace SockSort.Sql.Engine.Queries;

/// <summary>The topic that a query writes.</summary>
/// <param name="Begins">
/// The offset of the query's first row in each partition: what lies before is of an earlier query.
/// </param>
internal readonly record struct OutputPlace(string Topic, IReadOnlyList<long> Begins);

/// <summary>A query with its operators and its place in its topics. Used under the engine's lock only.</summary>
internal sealed class RunningQuery(string id, string sql, string? sink, PlannedQuery plan, BuiltQuery built, PushQuery? push)
{
    private readonly List<Subscription> _subscriptions = [];
    private OutputPlace? _output;
    private IReadOnlyList<StoppedPlace> _stopped = [];
    private long _reportedRows;

    public string Id { get; } = id;

    /// <summary>The statement that started it.</summary>
    public string Sql { get; } = sql;

    /// <summary>The stream or table that it writes; null for a push query.</summary>
    public string? Sink { get; } = sink;

    /// <summary>All streams and tables that it writes; a query of SQL writes one.</summary>
    public IReadOnlyList<string> Sinks { get; init; } = sink is null ? [] : [sink];

    /// <summary>Whether it reads a stream or table, or writes it.</summary>
    public bool Uses(string source) => Sinks.Contains(source) || Plan.Sources.Any(used => used.Source.Name == source);

    /// <summary>Of the work on one shared partition: the query that it belongs to. Null for a query itself.</summary>
    public RunningQuery? Whole { get; init; }

    /// <summary>The number of the shared partition that it works on; null where it works on all.</summary>
    public int? Partition { get; init; }

    /// <summary>The work on those of its partitions that are this server's own; empty where partitions are not shared.</summary>
    public List<RunningQuery> Tasks { get; } = [];

    /// <summary>Its places, those of the work on its partitions included.</summary>
    public IEnumerable<Subscription> AllPlaces() => Subscriptions.Concat(Tasks.SelectMany(task => task.Subscriptions));

    /// <summary>Rough bytes of all that it remembers on this server.</summary>
    public long StateBytes => Built.StateBytes + Tasks.Sum(task => task.Built.StateBytes);

    /// <summary>Under which name its offsets are committed.</summary>
    public string Consumer => Whole?.Id ?? Id;

    /// <summary>Whether it is the program's own: no statement has started it, and none ends it. What it keeps is always kept.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>How its rows come about; of a built-in query that of its first input, with the sources of all.</summary>
    public PlannedQuery Plan { get; } = plan;

    /// <summary>The plans that its rows come by: one, or of a built-in query one for each input.</summary>
    public IReadOnlyList<PlannedQuery> Inputs { get; init; } = [plan];

    /// <summary>Takes its rows to a client; null for a query that writes a stream or table.</summary>
    public PushQuery? Push { get; } = push;

    /// <summary>Writes its rows into the topic of its sink; null for a push query.</summary>
    public TopicSink? Writer { get; init; }

    /// <summary>Takes records that the query cannot work on; null: such a record ends it.</summary>
    public DeadLetters? DeadLetters { get; init; }

    /// <summary>Logs the error that ends the query; null logs nothing.</summary>
    public EngineLog? Log { get; init; }

    /// <summary>The topic that it writes; null for a push query.</summary>
    public OutputPlace? Output
    {
        get => _output;
        init => _output = value;
    }

    /// <summary>Knows since when the query has had nothing to read.</summary>
    public QuerySilence Silence { get; } = new();

    /// <summary>Its operators; none any more once it has failed.</summary>
    public BuiltQuery Built { get; private set; } = built;

    public QueryState State { get; private set; } = QueryState.Running;

    /// <summary>What ended it; null while it runs.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Keeps its offsets and state; null where nothing of it is kept.</summary>
    public DurableQuery? Durable { get; private set; }

    /// <summary>What the user should know of how it began; null for nothing.</summary>
    public string? Note => Durable?.Note;

    /// <summary>Its places in its topics; none any more once it has failed.</summary>
    public IReadOnlyList<Subscription> Subscriptions => _subscriptions;

    /// <summary>Where it stands; where it has failed, the places of its last commit.</summary>
    private IEnumerable<StoppedPlace> Places =>
        State == QueryState.Error ? _stopped : _subscriptions.Select(subscription => subscription.Place(subscription.Next));

    public bool CanRead => State == QueryState.Running && Whole?.State is null or QueryState.Running
        && Push is not { IsBehind: true } and not { IsComplete: true };

    /// <summary>Whether an error is the query's own, and the others go on. Where memory or the log is at its end it is not.</summary>
    public static bool IsItsOwn(Exception error) => error is not (OutOfMemoryException or LogException);

    /// <summary>Reads a partition of a topic from an offset on.</summary>
    public void Subscribe(SourceOperator source, int partition, long from) =>
        _subscriptions.Add(new(this, source, source.Topic, partition, from));

    /// <summary>Brings back what an earlier run has kept of it, and keeps from now on what it does.</summary>
    /// <param name="log">Keeps it.</param>
    /// <param name="now">The wall clock's time.</param>
    /// <param name="isForgotten">Whether what the log has under its id is another query's, and goes with the next commit.</param>
    public void Restore(ILog log, DateTimeOffset now, bool isForgotten)
    {
        Durable = new(this);
        Durable.Restore(log, isForgotten);
        // Silence begins with the restart: nobody knows when the last record came.
        if (Built.Sources.Any(source => source.StreamTime > long.MinValue))
            Silence.BeginAt(now);
    }

    /// <summary>An earlier run has kept where its output begins.</summary>
    /// <param name="offsets">One for each partition.</param>
    public void OutputBeginsAt(IReadOnlyList<long> offsets) => _output = _output is { } output ? output with { Begins = offsets } : null;

    /// <summary>Goes on where another query stopped, in the topics that both read.</summary>
    /// <remarks>
    /// Where it has state, that is built anew from the records that the other one has read: their rows have been written, and are not
    /// written again.
    /// </remarks>
    public void Replace(RunningQuery other)
    {
        _output = other._output;
        foreach (var place in other.Places)
        {
            foreach (var subscription in _subscriptions.Where(place.IsOf))
                subscription.TakeOver(place, Plan.HasState);
        }
    }

    /// <returns>False where it was not running.</returns>
    public bool Pause() => Turn(QueryState.Running, QueryState.Paused);

    /// <returns>False where it was not paused.</returns>
    public bool Resume() => Turn(QueryState.Paused, QueryState.Running);

    /// <summary>Ends the query, not the engine.</summary>
    public void Fail(Exception error)
    {
        if (State == QueryState.Error)
            return;
        State = QueryState.Error;
        Failure = error;
        if (Whole is null)
            Built.Metrics.Skip(error.Message);
        // What it remembered is of no use any more; after a restart it begins where it stood at its last commit.
        Built = Built with { Sources = [], Operators = [] };
        _stopped = [.. _subscriptions.Select(subscription => subscription.Place(Durable?.CommittedOf(subscription) ?? subscription.Next))];
        _subscriptions.Clear();
        Durable = null;
        Push?.Fail(error.Message);
        if (Whole is null)
            Log?.Failed(this, error);
        // Rows of all partitions are counted and thrown away together, so that they end together.
        Whole?.Fail(error);
        Tasks.ForEach(task => task.Fail(error));
    }

    /// <summary>Rows that it has written since this was asked last.</summary>
    public long TakeUnreportedRows()
    {
        var rows = Built.Metrics.Written - _reportedRows;
        _reportedRows += rows;
        return rows;
    }

    private bool Turn(QueryState from, QueryState to)
    {
        if (State != from)
            return false;
        State = to;
        return true;
    }
}
