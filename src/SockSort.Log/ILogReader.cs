namespace SockSort.Log;

/// <summary>Reads a log: topics of records, the offsets that consumers have reached, and what they keep. Thread-safe.</summary>
/// <remarks>Every call throws <see cref="LogException"/> where what is stored cannot be read.</remarks>
public interface ILogReader : IDisposable
{
    /// <summary>
    /// Changes with every commit. Read it first, then the records; if there are none, wait with
    /// <see cref="WaitForChangeAsync"/> for it to change, and nothing is missed.
    /// </summary>
    long Version { get; }

    /// <summary>All topics, by name.</summary>
    IReadOnlyList<TopicInfo> Topics();

    /// <summary>Null where there is no such topic.</summary>
    TopicInfo? FindTopic(string topic);

    /// <summary>The partitions of a topic, by number.</summary>
    /// <exception cref="LogException">There is no such topic (<see cref="LogErrorKind.NotFound"/>).</exception>
    IReadOnlyList<PartitionInfo> PartitionsOf(string topic);

    /// <summary>The offset that the next record of the partition will get; 0 where the topic does not exist.</summary>
    long EndOffset(string topic, int partition = 0);

    /// <summary>
    /// The offset of the oldest record that is still there; 0 where there is none. It rises where the topic has a retention.
    /// </summary>
    long FirstOffset(string topic, int partition = 0);

    /// <summary>Records of one partition in their order, from the first whose offset is at least <paramref name="fromOffset"/>.</summary>
    /// <param name="maxRecords">At least 1.</param>
    /// <returns>
    /// None where the end is reached or the topic does not exist (yet); fewer than asked for also where they are large: 16 MiB are enough
    /// for one call.
    /// A first record beyond <paramref name="fromOffset"/> says that retention has removed those between. They may be kept.
    /// </returns>
    /// <exception cref="LogException">The offset is below zero, or what is stored is damaged.</exception>
    IReadOnlyList<LogRecord> Read(string topic, int partition, long fromOffset, int maxRecords = 1000);

    /// <summary>As <see cref="Read"/>, into a batch that is used again and again.</summary>
    void ReadInto(string topic, int partition, long fromOffset, int maxRecords, RecordBatch into);

    /// <summary>The next offset that the consumer is to read; null where it has committed none.</summary>
    long? CommittedOffset(string consumer, string topic, int partition = 0);

    /// <summary>What is kept under an owner and key; null where there is nothing.</summary>
    byte[]? FindState(string owner, ReadOnlySpan<byte> key);

    /// <summary>All that is kept under an owner, in the order of the keys' bytes.</summary>
    IReadOnlyList<KeyValuePair<byte[], byte[]>> States(string owner);

    /// <summary>
    /// Waits until <see cref="Version"/> differs from <paramref name="version"/>; another process's commit is seen within 50 ms.
    /// </summary>
    Task WaitForChangeAsync(long version, CancellationToken cancellationToken = default);
}
