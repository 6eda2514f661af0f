namespace SockSort.Sql.Engine;

/// <summary>Keeps what queries remember, and what pull queries hold, from eating the machine's memory.</summary>
/// <param name="maxStateBytes">By the rough counts of both.</param>
/// <param name="clock">Of the time that pull queries have to give way.</param>
internal sealed class MemoryGuard(long maxStateBytes, TimeProvider clock)
{
    // As many pull queries as clients send one after the other must not keep the heap full.
    private static readonly TimeSpan GraceOfPulls = TimeSpan.FromSeconds(1);

    // Collections and long strings inside groups are not counted one by one: the heap as a whole shows them.
    private static readonly long MaxHeapBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 20 * 17;

    private long _stateBytes;

    // When the heap was first found full, and has been since; null where it is not.
    private long? _fullSince;

    /// <summary>Where there is too much, what pull queries hold goes first; if that does not help, the largest query ends.</summary>
    public void Check(IReadOnlyList<RunningQuery> queries, PullRunner pulls)
    {
        var bytes = Measure(queries);
        if (bytes + pulls.Bytes <= maxStateBytes && !IsHeapFull())
        {
            _fullSince = null;
            return;
        }
        var mayHelp = pulls.GiveWay();
        if (bytes <= maxStateBytes && (!IsHeapFull() || (mayHelp && IsInGrace())))
            return;
        _fullSince = null;
        EndLargest(queries, bytes);
    }

    /// <summary>Counts the state of the queries; under the engine's lock.</summary>
    public long Measure(IReadOnlyList<RunningQuery> queries)
    {
        var bytes = queries.Sum(query => query.Built.StateBytes);
        Volatile.Write(ref _stateBytes, bytes);
        return bytes;
    }

    /// <summary>Whether so many bytes fit beside the state of the queries, as it was measured last. From any thread.</summary>
    public bool HasRoomFor(long bytes) => Volatile.Read(ref _stateBytes) + bytes <= maxStateBytes && !IsHeapFull();

    private bool IsInGrace() => clock.GetElapsedTime(_fullSince ??= clock.GetTimestamp()) < GraceOfPulls;

    private void EndLargest(IReadOnlyList<RunningQuery> queries, long bytes)
    {
        var largest = queries.Where(query => query.State != QueryState.Error).MaxBy(query => query.Built.StateBytes);
        largest?.Fail(
            QueryErrors.StateTooLarge(
                largest.Id, Math.Max(bytes, GC.GetTotalMemory(forceFullCollection: false)), Math.Min(maxStateBytes, MaxHeapBytes)));
    }

    /// <summary>What looks full may be garbage: it is collected before anything is ended.</summary>
    private static bool IsHeapFull() =>
        GC.GetTotalMemory(forceFullCollection: false) > MaxHeapBytes && GC.GetTotalMemory(forceFullCollection: true) > MaxHeapBytes;
}
