using SockSort.Cli.Output;

namespace SockSort.Cli.Topics;

/// <summary>What was appended to a topic.</summary>
/// <param name="Count">The number of records.</param>
/// <param name="First">The offset of the first of them in each partition that got any, and whose offsets are known.</param>
/// <param name="Partitions">The number of partitions that they were divided among.</param>
internal sealed record ProducedRecords(long Count, IReadOnlyDictionary<int, long> First, int Partitions)
{
    /// <summary>Says in one line how many there were, and where they are.</summary>
    public override string ToString()
    {
        var count = $"{Counted.Of(Count, "record")} appended";
        if (Count == 0)
            return count;
        if (Partitions > 1)
            return $"{count} to {First.Count} of {Partitions} partitions";
        if (First.Count == 0)
            return count;
        var first = First.Values.Single();
        return $"{count}, offsets {first} to {first + Count - 1}";
    }
}
