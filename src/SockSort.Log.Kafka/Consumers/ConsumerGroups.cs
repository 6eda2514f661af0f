using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using SockSort.Log.Kafka.Clients;

namespace SockSort.Log.Kafka.Consumers;

/// <summary>The committed offsets of consumers: a consumer of the log is a consumer group of Kafka with the same name.</summary>
internal sealed class ConsumerGroups(AdminClient client, ClientSettings settings, KafkaErrors errors) : IDisposable
{
    private static readonly TimeSpan StablePatience = TimeSpan.FromSeconds(1);

    private readonly GroupConsumers _consumers = new(settings, errors);
    private readonly ConcurrentDictionary<string, IConsumerGroupMetadata> _metadata = new(StringComparer.Ordinal);

    /// <summary>The offset of the next record to read; null if the group has committed none.</summary>
    /// <param name="isOwn">
    /// Whether only this process commits it: then an offset that is being committed is waited for. That of a process that was killed would
    /// be waited for in vain, and the last one that was committed is told.
    /// </param>
    public long? Committed(string group, string topic, int partition, bool isOwn)
    {
        TopicPartition[] places = [new(topic, partition)];
        var found = errors.Try($"reading the offsets of group '{group}'", () =>
            _consumers.Do(group, isOwn, consumer => consumer.Committed(places, ClientSettings.Patience)));
        return found[0].Offset.Value is >= 0 and var offset ? offset : null;
    }

    /// <summary>Whether no transaction is open that commits an offset of the group; it does not wait for its end.</summary>
    public bool IsStable(string group, TopicPartition place)
    {
        try
        {
            return errors.Try($"reading the offsets of group '{group}'", () =>
            {
                _ = _consumers.Do(group, seesCommitted: true, consumer => consumer.Committed([place], StablePatience));
                return true;
            });
        }
        catch (LogException error) when (error.InnerException is KafkaException { Error.Code: var code } && IsUnstable(code))
        {
            return false;
        }
    }

    /// <summary>The end of a partition: for readers of committed records, or of all that is there.</summary>
    public long EndOf(string group, TopicPartition place, bool isCommitted) => errors.Try($"reading topic '{place.Topic}'", () =>
        _consumers.Do(group, isCommitted, consumer => consumer.QueryWatermarkOffsets(place, ClientSettings.Patience).High.Value));

    /// <summary>Commits offsets outside of a transaction.</summary>
    public void Commit(string group, IEnumerable<TopicPartitionOffset> offsets) =>
        errors.Try($"committing offsets of '{group}'", () => _consumers.Do(group, seesCommitted: true, consumer =>
        {
            consumer.Commit(offsets);
            return true;
        }));

    /// <summary>All groups of the cluster.</summary>
    public IReadOnlyList<string> All() => errors.Try("listing consumer groups", () =>
        client.Ask(admin => admin.ListConsumerGroupsAsync(new() { RequestTimeout = ClientSettings.Patience })))
        .Valid.Select(group => group.GroupId).ToList();

    /// <summary>Deletes groups with their offsets; one that does not exist is no error.</summary>
    public void Delete(IReadOnlyList<string> groups)
    {
        if (groups.Count == 0)
            return;
        try
        {
            // Not while brokers are down: see GroupConsumers. There is no other request that deletes.
            _ = client.Ask(admin => admin.DescribeClusterAsync(new() { RequestTimeout = ClientSettings.Patience }));
            _ = Settling.Do(() => client.Ask(async admin =>
            {
                await admin.DeleteGroupsAsync([.. groups.Distinct()], new() { RequestTimeout = ClientSettings.Patience });
                return true;
            }));
        }
        catch (DeleteGroupsException error)
        {
            var wrong = error.Results.FirstOrDefault(each => each.Error.IsError && each.Error.Code != ErrorCode.GroupIdNotFound);
            if (wrong is not null)
                throw errors.Of($"deleting group '{wrong.Group}'", wrong.Error, error);
        }
        catch (KafkaException error)
        {
            throw errors.Of("deleting consumer groups", error.Error, error);
        }
    }

    /// <summary>What a transaction needs to know of a group whose offsets it commits.</summary>
    public IConsumerGroupMetadata MetadataOf(string group) =>
        _metadata.GetOrAdd(group, name => _consumers.Do(name, seesCommitted: true, consumer => consumer.ConsumerGroupMetadata));

    public void Dispose() => _consumers.Dispose();

    private static bool IsUnstable(ErrorCode code) => code is ErrorCode.UnstableOffsetCommit or ErrorCode.Local_TimedOut;
}
