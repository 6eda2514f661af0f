namespace SockSort.Log;

/// <summary>Extension methods for commits of a single kind of change.</summary>
public static class LogWriting
{
    /// <summary>Creates a topic; an existing one with the same number of partitions is left as it is.</summary>
    /// <param name="partitions">1 to 1024.</param>
    /// <param name="retention">The topic's retention; null leaves it unchanged, and keeps everything in a new topic.</param>
    /// <exception cref="LogException">
    /// The name or the retention is not allowed, or the topic exists with another number of partitions.
    /// </exception>
    public static Task CreateTopicAsync(
        this ILog log, string topic, int partitions = 1, TopicRetention? retention = null, CancellationToken cancellationToken = default) =>
        log.CommitAsync(new LogCommit { Topics = [new NewTopic(topic, partitions, retention)] }, cancellationToken);

    /// <summary>Creates a topic if there is none of that name.</summary>
    /// <exception cref="LogException">The name or the number of partitions is not allowed.</exception>
    public static void EnsureTopic(this ILog log, string topic, int partitions = 1)
    {
        if (log.FindTopic(topic) is null)
            _ = log.Commit(new LogCommit { Topics = [new NewTopic(topic, partitions)] });
    }

    /// <summary>Appends one record; a topic that does not exist is created with one partition.</summary>
    /// <returns>The record's offset, once it is durable.</returns>
    /// <exception cref="LogException">Nothing was stored: the request is wrong or the disk failed or is full.</exception>
    public static Task<long> AppendAsync(
        this ILog log, string topic, NewRecord record, int partition = 0, CancellationToken cancellationToken = default) =>
        log.AppendAsync(topic, [record], partition, cancellationToken);

    /// <summary>Appends records in their order, all or none.</summary>
    /// <returns>The offset of the first record, once all are durable.</returns>
    /// <inheritdoc cref="AppendAsync(ILog, string, NewRecord, int, CancellationToken)"/>
    public static async Task<long> AppendAsync(
        this ILog log, string topic, IReadOnlyList<NewRecord> records, int partition = 0, CancellationToken cancellationToken = default) =>
        (await log.CommitAsync(Append(topic, records, partition), cancellationToken))[0];

    /// <summary>
    /// The same as <see cref="AppendAsync(ILog, string, IReadOnlyList{NewRecord}, int, CancellationToken)"/>, but blocks the caller.
    /// </summary>
    public static long Append(this ILog log, string topic, IReadOnlyList<NewRecord> records, int partition = 0) =>
        log.Commit(Append(topic, records, partition))[0];

    /// <summary>Removes a consumer's offsets and state.</summary>
    /// <exception cref="LogException">The disk failed or is full.</exception>
    public static void RemoveConsumer(this ILog log, string consumer) => log.Commit(new LogCommit { RemovedConsumers = [consumer] });

    private static LogCommit Append(string topic, IReadOnlyList<NewRecord> records, int partition) =>
        new() { Appends = [new(topic, partition, records)] };
}
