using System.Collections.Concurrent;

namespace SockSort.Sql.Topics;

/// <summary>Topics that live as long as the process: for replay, conformance, benchmarks and tests.</summary>
public sealed class MemoryTopics : ITopics
{
    private readonly ConcurrentDictionary<string, List<TopicRecord>[]> _topics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Consumer, string Topic, int Partition), long> _offsets = [];
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte[]>> _states = new(StringComparer.Ordinal);

    public event Action<string>? Appended;

    public IReadOnlyList<TopicInfo> List() => [.. _topics.Select(topic => new TopicInfo(topic.Key, topic.Value.Length)).OrderBy(info => info.Name, StringComparer.Ordinal)];

    public TopicInfo? Find(string topic) => _topics.TryGetValue(topic, out var partitions) ? new(topic, partitions.Length) : null;

    public void Create(string topic, int partitions) =>
        _topics.TryAdd(topic, [.. Enumerable.Range(0, partitions).Select(_ => new List<TopicRecord>())]);

    public bool Delete(string topic)
    {
        _ = _topics.TryRemove(topic, out _);
        return true;
    }

    public long End(string topic, int partition)
    {
        if (!_topics.TryGetValue(topic, out var partitions))
            return 0;
        lock (partitions[partition])
            return partitions[partition].Count;
    }

    public IReadOnlyList<TopicRecord> Read(string topic, int partition, long offset, int maxRecords)
    {
        var batch = new RecordBatch();
        ReadInto(topic, partition, offset, maxRecords, batch);
        return batch.Records;
    }

    public void ReadInto(string topic, int partition, long offset, int maxRecords, RecordBatch into)
    {
        var records = _topics.TryGetValue(topic, out var partitions) ? partitions[partition] : [];
        lock (records)
            into.Take(records, offset, maxRecords);
    }

    /// <summary>Makes the topic, with one partition, where it is absent.</summary>
    public long Append(string topic, int partition, IReadOnlyList<NewRecord> records)
    {
        Create(topic, partition + 1);
        var list = _topics[topic][partition];
        long first;
        lock (list)
        {
            first = list.Count;
            foreach (var record in records)
                list.Add(new(partition, list.Count, record.Timestamp, NewRecord.Memory(record.Key), NewRecord.Memory(record.Value), record.Headers));
        }
        Appended?.Invoke(topic);
        return first;
    }

    public void Commit(TopicCommit commit)
    {
        foreach (var topic in commit.Topics)
            Create(topic.Name, topic.Partitions);
        foreach (var append in commit.Appends)
            _ = Append(append.Topic, append.Partition, append.Records);
        foreach (var offset in commit.Offsets)
            _offsets[(offset.Consumer, offset.Topic, offset.Partition)] = offset.Next;
        foreach (var change in commit.States)
        {
            var states = _states.GetOrAdd(change.Owner, _ => new(StringComparer.Ordinal));
            if (change.Value is null)
                _ = states.TryRemove(Convert.ToHexString(change.Key), out _);
            else
                states[Convert.ToHexString(change.Key)] = change.Value;
        }
    }

    public long? CommittedOffset(string consumer, string topic, int partition) => _offsets.TryGetValue((consumer, topic, partition), out var next) ? next : null;

    public IReadOnlyList<KeyValuePair<byte[], byte[]>> States(string owner) =>
        [.. (_states.TryGetValue(owner, out var states) ? states : []).OrderBy(state => state.Key, StringComparer.Ordinal).Select(state => KeyValuePair.Create(Convert.FromHexString(state.Key), state.Value))];

    public void Forget(string consumer)
    {
        _ = _states.TryRemove(consumer, out _);
        foreach (var place in _offsets.Keys.Where(place => place.Consumer == consumer))
            _ = _offsets.TryRemove(place, out _);
    }
}
