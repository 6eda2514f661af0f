namespace SockSort.Log;

/// <summary>A topic as it stood at one moment.</summary>
public sealed record TopicInfo(string Name, IReadOnlyList<PartitionInfo> Partitions)
{
    /// <summary>How much of it is kept.</summary>
    public TopicRetention Retention { get; init; } = TopicRetention.Everything;

    public long Records => Partitions.Sum(partition => partition.Records);

    /// <summary>Records that retention has removed so far.</summary>
    public long RemovedRecords => Partitions.Sum(partition => partition.FirstOffset);

    /// <summary>Bytes of its stored batches.</summary>
    public long LengthBytes => Partitions.Sum(partition => partition.LengthBytes);
}

/// <param name="FirstOffset">Of the oldest record, and so the number of records that retention has removed; equals <paramref name="EndOffset"/> where there is none.</param>
/// <param name="EndOffset">The offset that the next record will get.</param>
/// <param name="LengthBytes">Bytes of its stored batches.</param>
public sealed record PartitionInfo(int Partition, long FirstOffset, long EndOffset, long LengthBytes)
{
    public long Records => EndOffset - FirstOffset;
}
