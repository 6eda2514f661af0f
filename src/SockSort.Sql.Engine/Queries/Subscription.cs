using SockSort.Sql.Engine.Execution;

namespace SockSort.Sql.Engine.Queries;

/// <summary>A query's place in one partition of a topic.</summary>
internal sealed class Subscription(RunningQuery query, SourceOperator source, string topic, int partition, long next)
{
    public RunningQuery Query { get; } = query;

    public SourceOperator Source { get; } = source;

    public string Topic { get; } = topic;

    public int Partition { get; } = partition;

    /// <summary>Offset of the next record to read.</summary>
    public long Next { get; private set; } = next;

    /// <summary>Offset of the first record that counts in the query's state.</summary>
    public long Begin { get; private set; } = next;

    /// <summary>What records before this offset give was written by an earlier query, and is not written again.</summary>
    public long WrittenUpTo { get; private set; }

    public bool IsOfSamePartition(Subscription other) => Topic == other.Topic && Partition == other.Partition;

    /// <summary>The record at an offset has been processed, or passed over.</summary>
    public void Processed(long offset) => Next = offset + 1;

    /// <summary>The query is rebuilt from the oldest record that is there.</summary>
    public void BeginAgainAt(long first) => (Begin, Next) = (first, first);

    /// <summary>An earlier run has committed the offset of the next record.</summary>
    public void ResumeAt(long next) => Next = next;

    /// <summary>An earlier run has kept what belongs to the query's state.</summary>
    public void Restore(long begin, long writtenUpTo) => (Begin, WrittenUpTo) = (begin, writtenUpTo);

    /// <summary>Another query goes on here.</summary>
    /// <param name="heir">Its place in the same partition.</param>
    /// <param name="hasState">Whether it has to read again what belongs to its state.</param>
    public void HandOverTo(Subscription heir, bool hasState)
    {
        heir.Begin = Begin;
        heir.Next = hasState ? Begin : Next;
        heir.WrittenUpTo = hasState ? Math.Max(Next, WrittenUpTo) : 0;
    }
}
