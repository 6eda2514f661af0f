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
    public long Next { get; set; } = next;

    /// <summary>Offset of the first record that counts in the query's state.</summary>
    public long Begin { get; set; } = next;

    /// <summary>What records before this offset give was written by an earlier query, and is not written again.</summary>
    public long WrittenUpTo { get; set; }
}
