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

    /// <summary>The record at an offset has been processed, or passed over.</summary>
    public void Processed(long offset) => Next = offset + 1;

    /// <summary>The query is rebuilt from the oldest record that is there.</summary>
    public void BeginAgainAt(long first) => (Begin, Next) = (first, first);

    /// <summary>An earlier run has committed the offset of the next record.</summary>
    public void ResumeAt(long next) => Next = next;

    /// <summary>An earlier run has kept what belongs to the query's state.</summary>
    public void Restore(long begin, long writtenUpTo) => (Begin, WrittenUpTo) = (begin, writtenUpTo);

    /// <summary>Describes the place for a query that goes on there.</summary>
    /// <param name="next">Offset of the next record to read.</param>
    public StoppedPlace Place(long next) => new(Topic, Partition, Begin, next, WrittenUpTo);

    /// <summary>Goes on where another query stopped.</summary>
    /// <param name="place">In the same partition.</param>
    /// <param name="hasState">Whether the query has to read again what belongs to its state.</param>
    public void TakeOver(StoppedPlace place, bool hasState)
    {
        Begin = place.Begin;
        Next = hasState ? place.Begin : Math.Max(place.Next, place.WrittenUpTo);
        WrittenUpTo = hasState ? Math.Max(place.Next, place.WrittenUpTo) : 0;
    }
}
