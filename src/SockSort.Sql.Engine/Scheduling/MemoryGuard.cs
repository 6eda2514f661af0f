using SockSort.Sql.Engine.Pull;
using SockSort.Sql.Engine.Queries;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>Keeps what queries remember, and what pull queries hold, from eating the machine's memory.</summary>
/// <param name="memory">Measures the state of the queries and the heap.</param>
/// <param name="pulls">The pull queries, which give way first.</param>
/// <param name="clock">The clock of the time that pull queries have to give way.</param>
internal sealed class MemoryGuard(StateMemory memory, PullRunner pulls, TimeProvider clock)
{
    // As many pull queries as clients send one after the other must not keep the heap full.
    private static readonly TimeSpan GraceOfPulls = TimeSpan.FromSeconds(1);

    // When the heap was first found full, and has been since; null where it is not.
    private long? _fullSince;

    /// <summary>Where there is too much, what pull queries hold goes first; if that does not help, the largest query ends.</summary>
    /// <param name="queries">All of them.</param>
    /// <param name="fail">Ends one, with what it has not stored.</param>
    public void Check(IReadOnlyList<RunningQuery> queries, Action<RunningQuery, Exception> fail)
    {
        var bytes = memory.Measure(queries);
        if (memory.Holds(bytes + pulls.Bytes) && !StateMemory.IsHeapFull())
        {
            _fullSince = null;
            return;
        }
        var mayHelp = pulls.GiveWay();
        if (memory.Holds(bytes) && (!StateMemory.IsHeapFull() || (mayHelp && IsInGrace())))
            return;
        _fullSince = null;
        EndLargest(queries, bytes, fail);
    }

    private bool IsInGrace() => clock.GetElapsedTime(_fullSince ??= clock.GetTimestamp()) < GraceOfPulls;

    private void EndLargest(IReadOnlyList<RunningQuery> queries, long bytes, Action<RunningQuery, Exception> fail)
    {
        var largest = queries.Where(query => query.State != QueryState.Error).MaxBy(query => query.Built.StateBytes);
        var taken = Math.Max(bytes, GC.GetTotalMemory(forceFullCollection: false));
        if (largest is not null)
            fail(largest, QueryErrors.StateTooLarge(largest.Id, taken, memory.LimitBytes));
    }
}
