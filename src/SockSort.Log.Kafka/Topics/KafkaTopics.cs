using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using SockSort.Log.Kafka.Clients;
using SockSort.Log.Sharing;

namespace SockSort.Log.Kafka.Topics;

/// <summary>The topics of a cluster: lists, finds, makes and deletes them. Thread-safe.</summary>
/// <remarks>Nothing is left to the broker's own making of topics on first use: whether and how that happens is its setting.</remarks>
internal sealed class KafkaTopics(AdminClient client, KafkaErrors errors)
{
    private static readonly TimeSpan Patience = ClientSettings.Patience;

    // Of topics that have been asked for. Their number of a topic is taken as fixed until the topic is deleted.
    private readonly ConcurrentDictionary<string, (int Partitions, string Id)> _known = new(StringComparer.Ordinal);

    /// <summary>Raised with the name of a topic that is no more.</summary>
    public event Action<string>? Removed;

    /// <summary>All topics but Kafka's and SockSort's own hidden ones, ordered by name.</summary>
    public IReadOnlyList<TopicInfo> All()
    {
        var metadata = errors.Try("listing the topics", client.Metadata);
        var found = metadata.Topics.Where(topic => !IsHidden(topic.Topic) && topic.Error.Code == ErrorCode.NoError)
            .OrderBy(topic => topic.Topic, StringComparer.Ordinal).ToList();
        var retentions = RetentionsOf([.. found.Select(topic => topic.Topic)]);
        return [.. found.Select(topic => new TopicInfo(topic.Topic, topic.Partitions.Count) { Retention = retentions[topic.Topic] })];
    }

    /// <summary>Finds a topic with its retention; null if there is none of that name.</summary>
    public TopicInfo? Find(string topic) =>
        Look(topic) is { } partitions ? new TopicInfo(topic, partitions) { Retention = RetentionsOf([topic])[topic] } : null;

    /// <summary>The number of a topic's partitions, known or asked for; null if there is no such topic.</summary>
    public int? PartitionsOf(string topic) => _known.TryGetValue(topic, out var known) ? known.Partitions : Look(topic);

    /// <summary>Makes topics that do not exist, and sets the retention of those that do.</summary>
    public void Ensure(IEnumerable<NewTopic> wanted)
    {
        foreach (var topic in wanted)
        {
            if (PartitionsOf(topic.Name) is null)
                Create(topic.Name, topic.Partitions, TopicSettings.Of(topic.Retention ?? TopicRetention.Everything));
            else if (topic.Retention is { } retention)
                SetRetention(topic.Name, retention);
        }
    }

    /// <summary>Makes a topic; one that exists meanwhile is no error.</summary>
    public void Create(string topic, int partitions, Dictionary<string, string> settings)
    {
        var specification = new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = -1, Configs = settings };
        try
        {
            _ = Ask(admin => admin.CreateTopicsAsync([specification], new() { OperationTimeout = Patience, RequestTimeout = Patience }));
        }
        catch (CreateTopicsException error) when (error.Results[0].Error.Code == ErrorCode.TopicAlreadyExists)
        {
            // Another process made it in between.
        }
        catch (CreateTopicsException error)
        {
            throw errors.Of($"making topic '{topic}'", error.Results[0].Error, error);
        }
        catch (KafkaException error)
        {
            throw errors.Of($"making topic '{topic}'", error.Error, error);
        }
        WaitUntil(() => Look(topic) is not null, $"making topic '{topic}'");
    }

    /// <summary>Gives a topic more partitions; one that has them by now is no error.</summary>
    public void Grow(string topic, int partitions)
    {
        var doing = $"giving topic '{topic}' {partitions} partitions";
        if (Look(topic) < partitions)
        {
            PartitionsSpecification[] wanted = [new() { Topic = topic, IncreaseTo = partitions }];
            try
            {
                _ = Ask(admin => admin.CreatePartitionsAsync(wanted, new() { OperationTimeout = Patience, RequestTimeout = Patience }));
            }
            catch (CreatePartitionsException error) when (error.Results[0].Error.Code == ErrorCode.InvalidPartitions)
            {
                // Another process was faster.
            }
            catch (CreatePartitionsException error)
            {
                throw errors.Of(doing, error.Results[0].Error, error);
            }
            catch (KafkaException error)
            {
                throw errors.Of(doing, error.Error, error);
            }
        }
        WaitUntil(() => Look(topic) >= partitions, doing);
    }

    /// <summary>Deletes a topic; one that does not exist is no error.</summary>
    public void Delete(string topic)
    {
        try
        {
            _ = Ask(admin => admin.DeleteTopicsAsync([topic], new() { OperationTimeout = Patience, RequestTimeout = Patience }));
        }
        catch (DeleteTopicsException error) when (error.Results[0].Error.Code == ErrorCode.UnknownTopicOrPart)
        {
            // There is none.
        }
        catch (DeleteTopicsException error)
        {
            throw errors.Of($"deleting topic '{topic}'", error.Results[0].Error, error);
        }
        catch (KafkaException error)
        {
            throw errors.Of($"deleting topic '{topic}'", error.Error, error);
        }
        WaitUntil(() => Look(topic) is null, $"deleting topic '{topic}'");
        Forget(topic);
    }

    /// <summary>Takes note that a topic is no more.</summary>
    public void Forget(string topic)
    {
        _ = _known.TryRemove(topic, out _);
        Removed?.Invoke(topic);
    }

    /// <summary>Takes note of topics that others have deleted, or deleted and made again: the client library does not tell.</summary>
    /// <exception cref="LogException">The brokers do not answer.</exception>
    public void Recheck(IReadOnlyCollection<string> topics)
    {
        foreach (var topic in topics)
        {
            if (_known.ContainsKey(topic))
                _ = Look(topic);
        }
    }

    /// <summary>Sets how much of a topic is kept.</summary>
    public void SetRetention(string topic, TopicRetention retention)
    {
        var resource = new ConfigResource { Type = ResourceType.Topic, Name = topic };
        List<ConfigEntry> entries = [.. TopicSettings.Of(retention).Select(setting => new ConfigEntry
        {
            Name = setting.Key, Value = setting.Value, IncrementalOperation = AlterConfigOpType.Set,
        })];
        var doing = $"setting the retention of topic '{topic}'";
        _ = errors.Try(doing, () => client.Ask(admin =>
            admin.IncrementalAlterConfigsAsync(new() { [resource] = entries }, new() { RequestTimeout = Patience })));
        WaitUntil(() => RetentionsOf([topic])[topic] == retention, doing);
    }

    private static bool IsHidden(string topic) =>
        topic.StartsWith("__", StringComparison.Ordinal) || topic == Consumers.StateTopic.Name
        || topic.StartsWith(ShareTopics.Prefix, StringComparison.Ordinal);

    private bool Ask(Func<IAdminClient, Task> request) => client.Ask(async admin =>
    {
        await request(admin);
        return true;
    });

    /// <summary>Asks for a topic, and tells where what was known of its name is no more.</summary>
    private int? Look(string topic)
    {
        var before = _known.GetValueOrDefault(topic).Id;
        try
        {
            var found = client.Ask(admin =>
                admin.DescribeTopicsAsync(TopicCollection.OfTopicNames([topic]), new() { RequestTimeout = Patience }));
            var description = found.TopicDescriptions[0];
            var now = $"{description.TopicId}";
            _known[topic] = (description.Partitions.Count, now);
            if (before is not null && before != now)
                Removed?.Invoke(topic);
            return description.Partitions.Count;
        }
        catch (DescribeTopicsException error) when (error.Results.TopicDescriptions is [{ Error.Code: ErrorCode.UnknownTopicOrPart }])
        {
            if (_known.TryRemove(topic, out _))
                Removed?.Invoke(topic);
            return null;
        }
        catch (DescribeTopicsException error)
        {
            throw errors.Of($"looking for topic '{topic}'", error.Results.TopicDescriptions[0].Error, error);
        }
        catch (KafkaException error)
        {
            throw errors.Of($"looking for topic '{topic}'", error.Error, error);
        }
    }

    private Dictionary<string, TopicRetention> RetentionsOf(IReadOnlyList<string> topics)
    {
        if (topics.Count == 0)
            return [];
        var resources = topics.Select(topic => new ConfigResource { Type = ResourceType.Topic, Name = topic });
        var found = errors.Try("reading the retention of topics", () =>
            client.Ask(admin => admin.DescribeConfigsAsync(resources, new() { RequestTimeout = Patience })));
        return found.ToDictionary(topic => topic.ConfigResource.Name, topic => TopicSettings.Retention(topic.Entries));
    }

    /// <summary>Waits until the brokers agree: what the controller has done, they learn a little later.</summary>
    private void WaitUntil(Func<bool> isDone, string doing)
    {
        var end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!isDone())
        {
            if (Environment.TickCount64 > end)
                throw errors.NoAnswer(doing);
            Thread.Sleep(10);
        }
    }
}
