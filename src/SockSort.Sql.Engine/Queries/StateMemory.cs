namespace SockSort.Sql.Engine.Queries;

/// <summary>How much memory the state of the queries takes, and whether there is room beside it.</summary>
/// <param name="mostBytes">By the rough counts of the queries' state and of what pull queries hold.</param>
internal sealed class StateMemory(long mostBytes)
{
    // Collections and long strings inside groups are not counted one by one: the heap as a whole shows them.
    private static readonly long MostHeapBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 20 * 17;

    private long _stateBytes;

    /// <summary>The limit that is reached first: the one for what is counted, or the heap's.</summary>
    public long LimitBytes => Math.Min(mostBytes, MostHeapBytes);

    /// <summary>Counts the state of the queries; under the engine's lock.</summary>
    public long Measure(IReadOnlyList<RunningQuery> queries)
    {
        var bytes = queries.Sum(query => query.Built.StateBytes);
        Volatile.Write(ref _stateBytes, bytes);
        return bytes;
    }

    /// <summary>Whether so many bytes are within the limit for what is counted.</summary>
    public bool Holds(long bytes) => bytes <= mostBytes;

    /// <summary>Whether so many bytes fit beside the state of the queries, as it was measured last. From any thread.</summary>
    public bool HasRoomFor(long bytes) => Holds(Volatile.Read(ref _stateBytes) + bytes) && !IsHeapFull();

    /// <summary>What looks full may be garbage: it is collected before anything is ended.</summary>
    public static bool IsHeapFull() => GC.GetTotalMemory(forceFullCollection: false) > MostHeapBytes
        && GC.GetTotalMemory(forceFullCollection: true) > MostHeapBytes;
}
