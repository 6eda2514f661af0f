namespace SockSort.Log.Kafka.Writing;

/// <summary>What shows, afterwards, whether a transaction was committed.</summary>
/// <param name="Commit">What was to be stored.</param>
/// <param name="Appends">Its records, those of state included.</param>
/// <param name="Deliveries">What the brokers have acknowledged of them.</param>
internal sealed record Outcome(LogCommit Commit, IReadOnlyList<TopicAppend> Appends, Deliveries Deliveries)
{
    /// <summary>
    /// Whether a record of it is there for readers of committed records, or, where it has none whose place is known, its first offset. The
    /// transaction must have ended.
    /// </summary>
    public bool IsIn(ILogReader log)
    {
        // A transaction is committed only when all of its records have been acknowledged.
        if (Deliveries.Failed is not null)
            return false;
        var known = Array.FindIndex(Deliveries.First, offset => offset >= 0);
        if (known >= 0)
        {
            var (append, first) = (Appends[known], Deliveries.First[known]);
            return log.Read(append.Topic, append.Partition, first, maxRecords: 1) is [{ } record] && record.Offset == first;
        }
        return Commit.Offsets is [var offset, ..]
            && log.CommittedOffset(offset.Consumer, offset.Topic, offset.Partition) == offset.Next;
    }
}
