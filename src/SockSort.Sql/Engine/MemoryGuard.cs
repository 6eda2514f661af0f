namespace SockSort.Sql.Engine;

/// <summary>Keeps what queries remember, and the rows kept for pull queries, from eating the machine's memory.</summary>
/// <param name="maxStateBytes">By the rough counts of both.</param>
/// <param name="views">Of the tables that pull queries ask for.</param>
internal sealed class MemoryGuard(long maxStateBytes, TableViews views)
{
    // Collections and long strings inside groups are not counted one by one: the heap as a whole shows them.
    private static readonly long MaxHeapBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 20 * 17;

    private long _stateBytes;

    /// <summary>Where there is too much, the rows for pull queries go first, which a topic still has; then the largest query ends.</summary>
    public void Check(IReadOnlyList<RunningQuery> queries)
    {
        var bytes = queries.Sum(query => query.Built.StateBytes);
        Volatile.Write(ref _stateBytes, bytes);
        if (bytes + views.Bytes <= maxStateBytes && !IsHeapFull())
            return;
        views.ForgetAll();
        if (bytes <= maxStateBytes && !IsHeapFull())
            return;
        var largest = queries.Where(query => query.State != QueryState.Error).MaxBy(query => query.Built.StateBytes);
        largest?.Fail(SqlErrors.StateTooLarge(largest.Id, Math.Max(bytes, GC.GetTotalMemory(forceFullCollection: false)), Math.Min(maxStateBytes, MaxHeapBytes)));
    }

    /// <summary>Whether so many bytes of rows fit beside the state of the queries. From any thread.</summary>
    public bool HasRoomFor(long bytes) => Volatile.Read(ref _stateBytes) + bytes <= maxStateBytes && !IsHeapFull();

    /// <summary>What looks full may be garbage: it is collected before anything is ended.</summary>
    private static bool IsHeapFull() =>
        GC.GetTotalMemory(forceFullCollection: false) > MaxHeapBytes && GC.GetTotalMemory(forceFullCollection: true) > MaxHeapBytes;
}
