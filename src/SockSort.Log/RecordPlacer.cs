namespace SockSort.Log;

/// <summary>
/// Divides records among the partitions of their topic, as Kafka's producers do: by <see cref="KeyPartition"/>, and those without a key all
/// into one partition, another one with each call. Thread-safe.
/// </summary>
/// <param name="log">Knows how many partitions a topic has.</param>
public sealed class RecordPlacer(ILog log)
{
    // It begins anywhere: else all that append once and end would fill the first partition.
    private int _turn = Random.Shared.Next();

    /// <summary>
    /// Whether everything goes to partition 0, so that all records of a topic lie in one order. Kafka Streams' test driver does so.
    /// </summary>
    public bool KeepsOneOrder { get; init; }

    /// <summary>Places records in a topic; one that does not exist is created with one partition.</summary>
    /// <param name="topic">The topic that they go to.</param>
    /// <param name="records">They keep their order in each partition.</param>
    /// <returns>An append for each partition that gets any.</returns>
    /// <exception cref="LogException">The log cannot tell the topic's partitions.</exception>
    public IReadOnlyList<TopicAppend> Place(string topic, IReadOnlyList<NewRecord> records) =>
        records.Count == 0 ? [] : Place(topic, records, log.PartitionCountOf(topic) ?? 1, _ => 0);

    /// <inheritdoc cref="Place(string, IReadOnlyList{NewRecord})"/>
    /// <param name="topic">The topic that they go to.</param>
    /// <param name="records">They keep their order in each partition.</param>
    /// <param name="partitions">How many the topic has.</param>
    /// <param name="windowBytes">
    /// The number of bytes at the end of a record's key that are its window's bounds, by the record's place in the list: the windows of a
    /// key share a partition.
    /// </param>
    public IReadOnlyList<TopicAppend> Place(
        string topic, IReadOnlyList<NewRecord> records, int partitions, Func<int, int> windowBytes)
    {
        if (records.Count == 0)
            return [];
        if (partitions == 1 || KeepsOneOrder)
            return [new TopicAppend(topic, 0, records)];
        var placed = new List<NewRecord>?[partitions];
        int? ofKeyless = null;
        for (var i = 0; i < records.Count; i++)
        {
            var partition = records[i].Key is { } key
                ? KeyPartition.Of(key.Span[..^windowBytes(i)], partitions)
                : ofKeyless ??= NextTurn(partitions);
            (placed[partition] ??= []).Add(records[i]);
        }
        return [.. placed.Index().Where(part => part.Item is not null).Select(part => new TopicAppend(topic, part.Index, part.Item!))];
    }

    private int NextTurn(int partitions) => (int)((uint)Interlocked.Increment(ref _turn) % (uint)partitions);
}
