using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using SockSort.Log.Kafka.Clients;

namespace SockSort.Log.Kafka.Consumers;

/// <summary>The committed offsets of consumers: a consumer of the log is a consumer group of Kafka with the same name.</summary>
internal sealed class ConsumerGroups(IAdminClient admin, ClientSettings settings, KafkaErrors errors)
{
    private readonly ConcurrentDictionary<string, IConsumerGroupMetadata> _metadata = new(StringComparer.Ordinal);

    /// <summary>The offset of the next record to read; null if the group has committed none.</summary>
    /// <param name="isOwn">
    /// Whether only this process commits it: then an offset that is being committed is waited for. That of a process that was killed would
    /// be waited for in vain, and the last one that was committed is told.
    /// </param>
    public long? Committed(string group, string topic, int partition, bool isOwn)
    {
        var place = new TopicPartition(topic, partition);
        try
        {
            var found = admin.ListConsumerGroupOffsetsAsync(
                [new ConsumerGroupTopicPartitions(group, [place])],
                new() { RequestTimeout = ClientSettings.Patience, RequireStableOffsets = isOwn }).GetAwaiter().GetResult();
            var offset = found[0].Partitions.FirstOrDefault(each => each.TopicPartition == place)?.Offset ?? Offset.Unset;
            return offset.Value >= 0 ? offset.Value : null;
        }
        catch (ListConsumerGroupOffsetsException error) when (error.Results is [{ Error.Code: ErrorCode.GroupIdNotFound }])
        {
            return null;
        }
        catch (ListConsumerGroupOffsetsException error)
        {
            var group0 = error.Results[0];
            var cause = group0.Error.IsError ? group0.Error : group0.Partitions.First(each => each.Error.IsError).Error;
            throw errors.Of($"reading the offsets of group '{group}'", cause, error);
        }
        catch (KafkaException error)
        {
            throw errors.Of($"reading the offsets of group '{group}'", error.Error, error);
        }
    }

    /// <summary>All groups of the cluster.</summary>
    public IReadOnlyList<string> All() => errors.Try("listing consumer groups", () =>
        admin.ListConsumerGroupsAsync(new() { RequestTimeout = ClientSettings.Patience }).GetAwaiter().GetResult())
        .Valid.Select(group => group.GroupId).ToList();

    /// <summary>Deletes groups with their offsets; one that does not exist is no error.</summary>
    public void Delete(IReadOnlyList<string> groups)
    {
        if (groups.Count == 0)
            return;
        try
        {
            admin.DeleteGroupsAsync([.. groups.Distinct()], new() { RequestTimeout = ClientSettings.Patience }).GetAwaiter().GetResult();
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
    public IConsumerGroupMetadata MetadataOf(string group) => _metadata.GetOrAdd(group, Make);

    private IConsumerGroupMetadata Make(string group)
    {
        // Only a consumer gives it. This one never joins the group, and the metadata outlives it.
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(settings.Group(group))
            .SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).Build();
        return consumer.ConsumerGroupMetadata;
    }
}
