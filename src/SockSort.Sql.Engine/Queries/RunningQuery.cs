using SockSort.Log;
using SockSort.Shared;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Planning;

namespace SockSort.Sql.Engine.Queries;

public enum QueryState
{
    Running,
    Paused,

    /// <summary>
    /// An error ended it, or keeps it from going on: the disk is full. <see cref="QueryInfo.LastError"/> says which,
    /// <see cref="QueryInfo.RetryAt"/> when it is tried again.
    /// </summary>
    Error,
}

/// <summary>A query with its operators and its place in its topics.</summary>
internal sealed class RunningQuery(string id, string sql, string? sink, PlannedQuery plan, BuiltQuery built, PushQuery? push)
{
    public string Id { get; } = id;

    public string Sql { get; } = sql;

    /// <summary>The stream or table that it writes; null for a push query.</summary>
    public string? Sink { get; } = sink;

    public PlannedQuery Plan { get; } = plan;

    public BuiltQuery Built { get; private set; } = built;

    public PushQuery? Push { get; } = push;

    public QueryState State { get; set; } = QueryState.Running;

    public List<Subscription> Subscriptions { get; } = [];

    /// <summary>Whether the last round found nothing to read for it.</summary>
    public bool IsIdle { get; set; }

    /// <summary>When the newest record came, by the wall clock.</summary>
    public DateTimeOffset LastRecordAt { get; set; }

    /// <summary>Null where nothing of it is kept.</summary>
    public DurableQuery? Durable { get; set; }

    /// <summary>Takes records that the query cannot work on; null: such a record ends it.</summary>
    public DeadLetters? DeadLetters { get; set; }

    /// <summary>What the user should know of how it began; null for nothing.</summary>
    public string? Note { get; set; }

    /// <summary>Whether there is something to keep since the last commit.</summary>
    public bool IsDirty { get; set; }

    /// <summary>
    /// The topic that it writes, and the offset of its first row there: what lies before is of an earlier query. Null for a push query.
    /// </summary>
    public (string Topic, long Begin)? Output { get; set; }

    public long RowsReported { get; set; }

    /// <summary>Told where the query ends with an error; null: nobody is.</summary>
    public EngineLog? Log { get; init; }

    /// <summary>Records left out or missed, as far as they were logged; null before the first.</summary>
    public GrowingCount? Losses { get; set; }

    /// <summary>What ended it; null while it runs.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>
    /// Whatever a record or a query brings about is its own, and the others go on; not so where memory or the log is at its end.
    /// </summary>
    public static bool IsItsOwn(Exception error) => error is not (OutOfMemoryException or LogException);

    public bool CanRead => State == QueryState.Running && Push is not { IsBehind: true } and not { IsComplete: true };

    /// <summary>Null for a push query.</summary>
    public TopicSink? Writer { get; init; }

    /// <summary>Goes on where another query stopped, in the topics that both read.</summary>
    /// <remarks>
    /// Where it has state, that is built anew from the records that the other one has read: their rows have been written, and are not
    /// written again.
    /// </remarks>
    public void ContinueAt(RunningQuery other)
    {
        foreach (var subscription in Subscriptions)
        {
            if (other.Subscriptions.Find(
                known => known.Topic == subscription.Topic && known.Partition == subscription.Partition) is not { } place)
                continue;
            subscription.Begin = place.Begin;
            subscription.Next = Plan.HasState ? place.Begin : place.Next;
            subscription.WrittenUpTo = Plan.HasState ? Math.Max(place.Next, place.WrittenUpTo) : 0;
        }
    }

    /// <summary>Ends the query, not the engine.</summary>
    public void Fail(Exception error)
    {
        State = QueryState.Error;
        Failure = error;
        Built.Metrics.Skip(error.Message);
        // What it remembered is of no use any more; after a restart it begins where it stood at its last commit.
        Built = Built with { Sources = [], Operators = [] };
        Subscriptions.Clear();
        (Durable, IsDirty) = (null, false);
        Push?.Fail(error.Message);
        Log?.Failed(this, error);
    }
}
