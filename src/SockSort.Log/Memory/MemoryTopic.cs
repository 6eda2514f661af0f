namespace SockSort.Log.Memory;

/// <summary>A topic in memory.</summary>
/// <param name="removes">What is beyond its retention goes.</param>
internal sealed class MemoryTopic(string name, int partitions, bool removes)
{
    private readonly MemoryPartition[] _partitions = [.. Enumerable.Range(0, partitions).Select(number => new MemoryPartition(number))];

    public TopicInfo Info { get; private set; } = new(name, partitions);

    /// <param name="retention">Null leaves it as it is.</param>
    public void Keep(TopicRetention? retention) => Info = retention is null ? Info : Info with { Retention = retention };

    /// <summary>Null where there is no such partition.</summary>
    public MemoryPartition? Find(int partition) => partition >= 0 && partition < _partitions.Length ? _partitions[partition] : null;

    /// <returns>The offset of the first record.</returns>
    public long Append(TopicAppend append, long nowMs) =>
        _partitions[append.Partition].Append(append.Records, nowMs, removes ? Info.Retention : TopicRetention.Everything);

    public IReadOnlyList<PartitionInfo> PartitionInfos() => [.. _partitions.Select(partition => partition.Info)];
}
