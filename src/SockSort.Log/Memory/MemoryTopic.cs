namespace SockSort.Log.Memory;

/// <summary>A topic in memory.</summary>
/// <param name="appliesRetention">Whether retention appliesRetention records.</param>
internal sealed class MemoryTopic(string name, int partitions, bool appliesRetention)
{
    private readonly MemoryPartition[] _partitions = [.. Enumerable.Range(0, partitions).Select(number => new MemoryPartition(number))];

    public TopicInfo Info { get; private set; } = new(name, partitions);

    /// <param name="retention">The new retention; null leaves it unchanged.</param>
    public void SetRetention(TopicRetention? retention) => Info = retention is null ? Info : Info with { Retention = retention };

    /// <summary>Finds a partition; null if there is none of that number.</summary>
    public MemoryPartition? Find(int partition) => partition >= 0 && partition < _partitions.Length ? _partitions[partition] : null;

    /// <returns>The offset of the first record.</returns>
    public long Append(TopicAppend append, long nowMs) =>
        _partitions[append.Partition].Append(append.Records, nowMs, appliesRetention ? Info.Retention : TopicRetention.Everything);

    public IReadOnlyList<PartitionInfo> PartitionInfos() => [.. _partitions.Select(partition => partition.Info)];
}
