namespace SockSort.Log;

/// <summary>What becomes durable together or not at all: records, how far consumers have read, and what they keep.</summary>
/// <remarks>
/// The parts are those of a Kafka transaction and of what stands beside it: topics, records and consumed offsets are committed there in one
/// transaction, and the state that is kept on this machine carries the offsets of its own commit, so that it is known to which it belongs.
/// </remarks>
public sealed record LogCommit
{
    /// <summary>
    /// Names of topics that go, with their records and what consumers have committed of them, before what else the commit does; absent ones
    /// are no error.
    /// </summary>
    public IReadOnlyList<string> RemovedTopics { get; init; } = [];

    /// <summary>Made before what follows.</summary>
    public IReadOnlyList<NewTopic> Topics { get; init; } = [];

    /// <summary>In their order; a topic that lacks is made, with one partition.</summary>
    public IReadOnlyList<TopicAppend> Appends { get; init; } = [];

    /// <summary>Consumers whose offsets and state go, before those of this commit are stored.</summary>
    public IReadOnlyList<string> Forgotten { get; init; } = [];

    /// <summary>Each in place of the consumer's earlier one.</summary>
    public IReadOnlyList<ConsumedOffset> Offsets { get; init; } = [];

    /// <summary>In their order.</summary>
    public IReadOnlyList<StateChange> States { get; init; } = [];

    /// <summary>Refuses what no log would store.</summary>
    /// <exception cref="LogException">What is wrong with it (<see cref="LogErrorKind.WrongRequest"/>).</exception>
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

    /// <summary>Refuses what does not fit the topics that are there; before anything of it is stored.</summary>
    /// <param name="partitionsOf">Of a topic; null where there is none.</param>
    /// <exception cref="LogException">What is wrong with it (<see cref="LogErrorKind.WrongRequest"/>).</exception>
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
