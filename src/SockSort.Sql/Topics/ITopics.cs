namespace SockSort.Sql.Topics;

/// <summary>The topics that the engine reads and writes. Calls may come from several threads.</summary>
public interface ITopics
{
    IReadOnlyList<TopicInfo> List();

    /// <summary>Null where there is no such topic.</summary>
    TopicInfo? Find(string topic);

    /// <summary>Makes a topic; one that exists stays as it is.</summary>
    void Create(string topic, int partitions);

    /// <summary>Removes a topic and its records; an absent one is no error.</summary>
    void Delete(string topic);

    /// <summary>Offset that the next record will get.</summary>
    long End(string topic, int partition);

    /// <summary>Records from an offset on, oldest first; fewer than asked for at the end, none when nothing is there yet.</summary>
    IReadOnlyList<TopicRecord> Read(string topic, int partition, long offset, int maxRecords);

    /// <summary>Appends in order; durable when it returns.</summary>
    /// <returns>The offset of the first.</returns>
    long Append(string topic, int partition, IReadOnlyList<NewRecord> records);

    /// <summary>Raised after an append, by this process or another, with the topic's name; on any thread. May be raised without cause.</summary>
    event Action<string>? Appended;
}
