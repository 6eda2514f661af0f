namespace SockSort.Sql.Topics;

/// <summary>The topics that the engine reads and writes. Calls may come from several threads, and throw <see cref="TopicsException"/> where the storage fails.</summary>
public interface ITopics
{
    IReadOnlyList<TopicInfo> List();

    /// <summary>Null where there is no such topic.</summary>
    TopicInfo? Find(string topic);

    /// <summary>Makes a topic; one that exists stays as it is.</summary>
    void Create(string topic, int partitions);

    /// <summary>Whether a topic may be so, before it is made by a commit.</summary>
    /// <exception cref="TopicsException">The name or the number of partitions is not allowed.</exception>
    void Check(string topic, int partitions)
    {
    }

    /// <summary>Removes a topic and its records; an absent one is no error.</summary>
    /// <returns>False where topics cannot be removed.</returns>
    bool Delete(string topic);

    /// <summary>Offset that the next record will get.</summary>
    long End(string topic, int partition);

    /// <summary>Offset of the oldest record that is still there; 0 where nothing is removed.</summary>
    long Begin(string topic, int partition) => 0;

    /// <summary>Records from an offset on, oldest first; fewer than asked for at the end, none when nothing is there yet. The first lies beyond the offset where older ones have been removed.</summary>
    IReadOnlyList<TopicRecord> Read(string topic, int partition, long offset, int maxRecords);

    /// <summary>As <see cref="Read"/>, into a batch that is used again and again: its earlier records, and their bytes, are gone. Headers may be kept.</summary>
    void ReadInto(string topic, int partition, long offset, int maxRecords, RecordBatch into);

    /// <summary>Appends in order; durable when it returns.</summary>
    /// <returns>The offset of the first.</returns>
    long Append(string topic, int partition, IReadOnlyList<NewRecord> records);

    /// <summary>Makes topics, stores records, offsets and state; where the implementation can, all become durable together or not at all.</summary>
    /// <exception cref="TopicsException">Nothing was stored: the disk is full, or fails. It may be tried again.</exception>
    void Commit(TopicCommit commit);

    /// <summary>Offset of the next record that a consumer is to read; null where it has not committed any.</summary>
    long? CommittedOffset(string consumer, string topic, int partition);

    /// <summary>What a consumer keeps, in the order of the keys' bytes.</summary>
    IReadOnlyList<KeyValuePair<byte[], byte[]>> States(string owner);

    /// <summary>Forgets offsets and state of a consumer.</summary>
    void Forget(string consumer);

    /// <summary>Most <see cref="NewRecord.LengthBytes"/> of a record.</summary>
    long MostRecordBytes => long.MaxValue;

    /// <summary>Raised after an append, by this process or another, with the topic's name, or an empty one where it is not known; on any thread. May be raised without cause.</summary>
    event Action<string>? Appended;
}
