namespace SockSort.Log;

/// <summary>A transaction: topics, records, consumed offsets and consumers' state that become durable together or not at all.</summary>
/// <remarks>
/// This fits Kafka: there, records and consumed offsets are committed in one Kafka transaction, and the state, which is kept on this
/// machine,
/// carries the offsets of its own commit, so that both can be matched after a crash.
/// </remarks>
public sealed record LogCommit
{
    /// <summary>
    /// Names of topics to delete, with their records and committed offsets, before the rest of the commit takes effect. A topic that does
    /// not exist is no error.
    /// </summary>
    public IReadOnlyList<string> RemovedTopics { get; init; } = [];

    /// <summary>Topics to create before records are appended.</summary>
    public IReadOnlyList<NewTopic> Topics { get; init; } = [];

    /// <summary>Records to append, in this order; a topic that does not exist is created with one partition.</summary>
    public IReadOnlyList<TopicAppend> Appends { get; init; } = [];

    /// <summary>Consumers whose offsets and state are removed before those of this commit are stored.</summary>
    public IReadOnlyList<string> RemovedConsumers { get; init; } = [];

    /// <summary>Committed offsets; each replaces the consumer's earlier one.</summary>
    public IReadOnlyList<ConsumedOffset> Offsets { get; init; } = [];

    /// <summary>Changes of state, in this order.</summary>
    public IReadOnlyList<StateChange> States { get; init; } = [];

    /// <summary>
    /// Numbers of the shared partitions whose work this stores; it is refused (<see cref="LogErrorKind.NotOwned"/>) where another process
    /// has one of them. Only for a log that is shared (<see cref="ILog.Share"/>).
    /// </summary>
    public IReadOnlyList<int> SharedPartitions { get; init; } = [];

    /// <summary>Rejects a commit that no log could store.</summary>
    /// <exception cref="LogException">The commit is invalid (<see cref="LogErrorKind.WrongRequest"/>).</exception>
    internal void Check()
    {
        foreach (var topic in Topics)
            topic.Check();
        foreach (var append in Appends)
            append.Check();
        foreach (var offset in Offsets)
        {
            if (offset.Next < 0)
                throw LogErrors.Offset(offset.Topic, offset.Next);
        }
    }

    /// <summary>Rejects a commit that does not fit the existing topics, before any of it is stored.</summary>
    /// <param name="partitionsOf">Returns a topic's number of partitions; null if there is no such topic.</param>
    /// <exception cref="LogException">The commit is invalid (<see cref="LogErrorKind.WrongRequest"/>).</exception>
    internal void CheckAgainst(Func<string, int?> partitionsOf)
    {
        foreach (var wanted in Topics)
        {
            var partitions = Partitions(wanted.Name) ?? Topics.First(topic => topic.Name == wanted.Name).Partitions;
            if (partitions != wanted.Partitions)
                throw LogErrors.TopicExists(wanted.Name, partitions, wanted.Partitions);
        }
        foreach (var append in Appends)
        {
            var partitions = Partitions(append.Topic) ?? Topics.FirstOrDefault(topic => topic.Name == append.Topic)?.Partitions ?? 1;
            if (append.Partition < 0 || append.Partition >= partitions)
                throw LogErrors.Partition(append.Topic, append.Partition, partitions);
        }

        int? Partitions(string topic) => RemovedTopics.Contains(topic) ? null : partitionsOf(topic);
    }
}
