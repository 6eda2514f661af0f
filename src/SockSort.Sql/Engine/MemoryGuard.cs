namespace SockSort.Sql.Engine;

/// <summary>Keeps what queries remember, and what pull queries hold, from eating the machine's memory.</summary>
/// <param name="maxStateBytes">By the rough counts of both.</param>
internal sealed class MemoryGuard(long maxStateBytes)
{
    // Collections and long strings inside groups are not counted one by one: the heap as a whole shows them.
    private static readonly long MaxHeapBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 20 * 17;

    private long _stateBytes;

    /// <summary>Where there is too much, what pull queries hold goes first; if that does not help, the largest query ends.</summary>
    public void Check(IReadOnlyList<RunningQuery> queries, PullRunner pulls)
    {
        var bytes = Measure(queries);
        if (bytes + pulls.Bytes <= maxStateBytes && !IsHeapFull())
            return;
        // The next round sees whether it was enough.
        if (pulls.GiveWay() && bytes <= maxStateBytes)
            return;
        var largest = queries.Where(query => query.State != QueryState.Error).MaxBy(query => query.Built.StateBytes);
        largest?.Fail(SqlErrors.StateTooLarge(largest.Id, Math.Max(bytes, GC.GetTotalMemory(forceFullCollection: false)), Math.Min(maxStateBytes, MaxHeapBytes)));
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

    /// <summary>What looks full may be garbage: it is collected before anything is ended.</summary>
    private static bool IsHeapFull() =>
        GC.GetTotalMemory(forceFullCollection: false) > MaxHeapBytes && GC.GetTotalMemory(forceFullCollection: true) > MaxHeapBytes;
}
