namespace SockSort.Log;

/// <summary>A consumer's position in a partition.</summary>
/// <param name="Consumer">The consumer's name, like that of a Kafka consumer group.</param>
/// <param name="Next">The offset of the next record to read; 0 or more.</param>
public sealed record ConsumedOffset(string Consumer, string Topic, int Partition, long Next);
