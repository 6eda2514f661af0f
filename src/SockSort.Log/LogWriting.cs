namespace SockSort.Log;

/// <summary>Commits of one thing alone.</summary>
public static class LogWriting
{
    /// <summary>Makes a topic; one that exists with as many partitions is left as it is.</summary>
    /// <param name="partitions">1 to 1024.</param>
    /// <param name="retention">How much of it is kept; null leaves that as it is, everything where the topic is new.</param>
    /// <exception cref="LogException">
    /// The name or the retention is not allowed, or the topic exists with another number of partitions.
    /// </exception>
    public static Task CreateTopicAsync(
        this ILog log, string topic, int partitions = 1, TopicRetention? retention = null, CancellationToken cancellationToken = default) =>
        log.CommitAsync(new LogCommit { Topics = [new NewTopic(topic, partitions, retention)] }, cancellationToken);

    /// <summary>Makes a topic where there is none of that name.</summary>
    /// <exception cref="LogException">Name or number of partitions are not allowed.</exception>
    public static void EnsureTopic(this ILog log, string topic, int partitions = 1)
    {
        if (log.FindTopic(topic) is null)
            _ = log.Commit(new LogCommit { Topics = [new NewTopic(topic, partitions)] });
    }

    /// <summary>Stores one record; the topic is made, with one partition, where it lacks.</summary>
    /// <returns>The record's offset, once it is durable.</returns>
    /// <exception cref="LogException">Nothing was stored: the request is wrong or the disk failed or is full.</exception>
    public static Task<long> AppendAsync(
        this ILog log, string topic, NewRecord record, int partition = 0, CancellationToken cancellationToken = default) =>
        log.AppendAsync(topic, [record], partition, cancellationToken);

    /// <summary>Stores records one after the other, all or none.</summary>
    /// <returns>The offset of the first, once all are durable.</returns>
    /// <inheritdoc cref="AppendAsync(ILog, string, NewRecord, int, CancellationToken)"/>
    public static async Task<long> AppendAsync(
        this ILog log, string topic, IReadOnlyList<NewRecord> records, int partition = 0, CancellationToken cancellationToken = default) =>
        (await log.CommitAsync(Append(topic, records, partition), cancellationToken))[0];

    /// <summary>
    /// As <see cref="AppendAsync(ILog, string, IReadOnlyList{NewRecord}, int, CancellationToken)"/>, blocking the caller.
    /// </summary>
    public static long Append(this ILog log, string topic, IReadOnlyList<NewRecord> records, int partition = 0) =>
        log.Commit(Append(topic, records, partition))[0];

    /// <summary>Forgets offsets and state of a consumer.</summary>
    /// <exception cref="LogException">The disk failed or is full.</exception>
    public static void Forget(this ILog log, string consumer) => log.Commit(new LogCommit { Forgotten = [consumer] });

    private static LogCommit Append(string topic, IReadOnlyList<NewRecord> records, int partition) =>
        new() { Appends = [new(topic, partition, records)] };
}
