namespace SockSort.Log;

/// <summary>Reads a log: records of topics, committed offsets and the consumers' state. Thread-safe.</summary>
/// <remarks>Every call throws <see cref="LogException"/> if the stored data cannot be read.</remarks>
public interface ILogReader : IDisposable
{
    /// <summary>
    /// Changes with every commit. To miss no record, read this first and then the records; if there are none, wait with
    /// <see cref="WaitForChangeAsync"/> until it changes.
    /// </summary>
    long Version { get; }

    /// <summary>All topics, ordered by name.</summary>
    IReadOnlyList<TopicInfo> Topics();

    /// <summary>Finds a topic; null if there is none of that name.</summary>
    TopicInfo? FindTopic(string topic);

    /// <summary>The partitions of a topic, ordered by number.</summary>
    /// <exception cref="LogException">There is no such topic (<see cref="LogErrorKind.NotFound"/>).</exception>
    IReadOnlyList<PartitionInfo> PartitionsOf(string topic);

    /// <summary>The offset that the next record of the partition will get; 0 if the topic does not exist.</summary>
    long EndOffset(string topic, int partition = 0);

    /// <summary>
    /// The offset of the oldest record that is still stored; 0 if there is none. It rises as the topic's retention removes records.
    /// </summary>
    long FirstOffset(string topic, int partition = 0);

    /// <summary>Records of one partition in their order, from the first whose offset is at least <paramref name="fromOffset"/>.</summary>
    /// <param name="maxRecords">At least 1.</param>
    /// <returns>
    /// None if the end is reached or the topic does not exist (yet). Fewer than requested if the records are large: one call returns about
    /// 16 MiB at most. If the first record lies beyond <paramref name="fromOffset"/>, retention has removed those before it. The caller may
    /// keep the records.
    /// </returns>
    /// <exception cref="LogException">The offset is below zero, or what is stored is damaged.</exception>
    IReadOnlyList<LogRecord> Read(string topic, int partition, long fromOffset, int maxRecords = 1000);

    /// <summary>The same as <see cref="Read"/>, but fills a batch that can be reused.</summary>
    void ReadInto(string topic, int partition, long fromOffset, int maxRecords, RecordBatch into);

    /// <summary>The offset of the next record that the consumer is to read; null if it has committed none.</summary>
    long? CommittedOffset(string consumer, string topic, int partition = 0);

    /// <summary>The value that is stored under an owner and a key; null if there is none.</summary>
    byte[]? FindState(string owner, ReadOnlySpan<byte> key);

    /// <summary>All keys and values of an owner, ordered by the bytes of the keys.</summary>
    IReadOnlyList<KeyValuePair<byte[], byte[]>> States(string owner);

    /// <summary>
    /// Waits until <see cref="Version"/> differs from <paramref name="version"/>; another process's commit is seen within 50 ms.
    /// </summary>
    Task WaitForChangeAsync(long version, CancellationToken cancellationToken = default);
}
