namespace SockSort.Log.Kafka.Writing;

/// <summary>What shows, afterwards, whether a transaction was committed.</summary>
/// <param name="Commit">What was to be stored.</param>
/// <param name="Appends">Its records, those of state included.</param>
/// <param name="Deliveries">What the brokers have acknowledged of them.</param>
internal sealed record Outcome(LogCommit Commit, IReadOnlyList<TopicAppend> Appends, Deliveries Deliveries)
{
    /// <summary>
    /// Whether its first record is there for readers of committed records, or, where it has none, its first offset. The transaction must
    /// have ended.
    /// </summary>
    public bool IsIn(ILogReader log)
    {
        if (Appends.Count == 0)
        {
            var offset = Commit.Offsets[0];
            return log.CommittedOffset(offset.Consumer, offset.Topic, offset.Partition) == offset.Next;
        }
        // A transaction is committed only when all of its records have been acknowledged.
        var (append, first) = (Appends[0], Deliveries.First[0]);
        if (first < 0 || Deliveries.Failed is not null)
            return false;
        return log.Read(append.Topic, append.Partition, first, maxRecords: 1) is [{ } record] && record.Offset == first;
    }
}
