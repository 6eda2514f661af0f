namespace SockSort.Log;

/// <summary>How far a consumer has read.</summary>
/// <param name="Consumer">Its name, as a Kafka consumer group's.</param>
/// <param name="Next">The offset of the next record that it is to read; 0 or more.</param>
public sealed record ConsumedOffset(string Consumer, string Topic, int Partition, long Next);
