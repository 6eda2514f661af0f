namespace SockSort.Sql.Topics;

/// <summary>Reading all that a topic holds.</summary>
public static class TopicBatches
{
    private const int BatchSize = 5000;

    /// <summary>The records of a partition from an offset on, up to what was its end when the first batch was asked for: what is written meanwhile is not waited for.</summary>
    public static IEnumerable<IReadOnlyList<TopicRecord>> Batches(this ITopics topics, string topic, int partition, long from)
    {
        var end = topics.End(topic, partition);
        for (var next = from; next < end && topics.Read(topic, partition, next, BatchSize) is { Count: > 0 } records; next = records[^1].Offset + 1)
            yield return records;
    }
}
