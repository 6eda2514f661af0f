using SockSort.Connect.Sinks;
using SockSort.Log;

namespace SockSort.Connect.Worker;

/// <summary>The offsets that the log keeps for a sink. They may be altered and reset while it is stopped.</summary>
internal sealed class SinkOffsets(ILog log, string connector)
{
    private readonly string _consumer = SinkRunner.ConsumerOf(connector);

    /// <summary>Returns the offset of each partition that has a committed one.</summary>
    public IReadOnlyList<ConnectorOffset> Read(IEnumerable<string> topics) =>
    [
        .. from topic in topics
           from partition in Enumerable.Range(0, log.FindTopic(topic)?.Partitions ?? 0)
           let next = log.CommittedOffset(_consumer, topic, partition)
           where next is not null
           select new ConnectorOffset(topic, partition, next),
    ];

    /// <summary>Replaces offsets, and removes those that are given as null.</summary>
    /// <param name="topics">The connector's topics.</param>
    /// <exception cref="ConnectException">An offset is of no partition of the topics.</exception>
    public async Task AlterAsync(IReadOnlyList<string> topics, IReadOnlyList<ConnectorOffset> wanted)
    {
        var offsets = Read(topics).ToDictionary(offset => (offset.Topic, offset.Partition));
        foreach (var offset in wanted)
        {
            var partitions = log.FindTopic(offset.Topic)?.Partitions ?? 0;
            if (!topics.Contains(offset.Topic) || offset.Partition < 0 || offset.Partition >= partitions)
                throw ConnectErrors.NoSuchPartition(connector, offset.Topic, offset.Partition);
            offsets[(offset.Topic, offset.Partition)] = offset;
        }
        await StoreAsync(offsets.Values, log.States(_consumer));
    }

    /// <summary>Removes all offsets, and the state that the sink has committed with them.</summary>
    public Task ResetAsync() => StoreAsync([], []);

    private Task StoreAsync(IEnumerable<ConnectorOffset> offsets, IReadOnlyList<KeyValuePair<byte[], byte[]>> states)
    {
        var kept = offsets.Where(offset => offset.Next is not null);
        return log.CommitAsync(
            new LogCommit
            {
                RemovedConsumers = [_consumer],
                Offsets = [.. kept.Select(offset => new ConsumedOffset(_consumer, offset.Topic, offset.Partition, offset.Next ?? 0))],
                States = [.. states.Select(state => new StateChange(_consumer, state.Key, state.Value))],
            },
            CancellationToken.None);
    }
}
