namespace SockSort.Sql.Engine;

/// <summary>Ends the largest query before the state of all eats the machine's memory.</summary>
/// <param name="maxStateBytes">By the queries' own rough counts.</param>
internal sealed class MemoryGuard(long maxStateBytes)
{
    // Collections and long strings inside groups are not counted one by one: the heap as a whole shows them.
    private static readonly long MaxHeapBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 20 * 17;

    public void Check(IReadOnlyList<RunningQuery> queries)
    {
        var bytes = queries.Sum(query => query.Built.StateBytes);
        if (bytes <= maxStateBytes && !IsHeapFull())
            return;
        var largest = queries.Where(query => query.State != QueryState.Error).MaxBy(query => query.Built.StateBytes);
        largest?.Fail(SqlErrors.StateTooLarge(largest.Id, Math.Max(bytes, GC.GetTotalMemory(forceFullCollection: false)), Math.Min(maxStateBytes, MaxHeapBytes)));
    }

    /// <summary>What looks full may be garbage: it is collected before anything is ended.</summary>
    private static bool IsHeapFull() =>
        GC.GetTotalMemory(forceFullCollection: false) > MaxHeapBytes && GC.GetTotalMemory(forceFullCollection: true) > MaxHeapBytes;
}
