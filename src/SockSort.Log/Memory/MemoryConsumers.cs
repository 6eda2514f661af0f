namespace SockSort.Log.Memory;

/// <summary>Committed offsets and state of consumers. Not thread-safe.</summary>
internal sealed class MemoryConsumers
{
    private static readonly Comparer<byte[]> ByBytes = Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    private readonly Dictionary<(string Consumer, string Topic, int Partition), long> _offsets = [];
    private readonly Dictionary<string, SortedDictionary<byte[], byte[]>> _states = new(StringComparer.Ordinal);

    public long? Offset(string consumer, string topic, int partition) =>
        _offsets.TryGetValue((consumer, topic, partition), out var next) ? next : null;

    public byte[]? FindState(string owner, ReadOnlySpan<byte> key) =>
        _states.GetValueOrDefault(owner)?.GetValueOrDefault(key.ToArray())?.ToArray();

    public IReadOnlyList<KeyValuePair<byte[], byte[]>> States(string owner) =>
        _states.TryGetValue(owner, out var states) ? [.. states] : [];

    public void Store(LogCommit commit)
    {
        foreach (var topic in commit.RemovedTopics)
            RemoveTopic(topic);
        foreach (var consumer in commit.RemovedConsumers)
            RemoveConsumer(consumer);
        foreach (var offset in commit.Offsets)
            _offsets[(offset.Consumer, offset.Topic, offset.Partition)] = offset.Next;
        foreach (var change in commit.States)
            Store(change);
    }

    private void Store(StateChange change)
    {
        if (!_states.TryGetValue(change.Owner, out var states))
            _states.Add(change.Owner, states = new(ByBytes));
        if (change.Value is null)
            _ = states.Remove(change.Key);
        else
            states[change.Key] = change.Value;
    }

    private void RemoveTopic(string topic)
    {
        foreach (var place in _offsets.Keys.Where(place => place.Topic == topic).ToList())
            _ = _offsets.Remove(place);
    }

    private void RemoveConsumer(string consumer)
    {
        _ = _states.Remove(consumer);
        foreach (var place in _offsets.Keys.Where(place => place.Consumer == consumer).ToList())
            _ = _offsets.Remove(place);
    }
}
