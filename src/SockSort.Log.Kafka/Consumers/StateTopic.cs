using SockSort.Log.Kafka.Topics;

namespace SockSort.Log.Kafka.Consumers;

/// <summary>
/// The state of consumers in a compacted topic: each change is written in the transaction of its offsets and output, so that state is never
/// ahead or behind, and any machine can go on.
/// </summary>
internal sealed class StateTopic(ILogReader reader, KafkaTopics topics)
{
    /// <summary>The topic's name. It is hidden from lists of topics.</summary>
    public const string Name = "_socksort_state";

    private const int BatchSize = 5000;

    private readonly Lock _gate = new();

    // What the topic held when it was read last. Consumers hold their own state while they run, so this may go when memory is short.
    private readonly WeakReference<StateSnapshot> _snapshot = new(new StateSnapshot());

    /// <summary>The commit's appends, and that of its changes of state, for which the topic is made if there is none.</summary>
    public IReadOnlyList<TopicAppend> AppendsOf(LogCommit commit)
    {
        var changes = Records(commit);
        if (changes.Count == 0)
            return commit.Appends;
        Ensure();
        return [.. commit.Appends, new TopicAppend(Name, 0, changes)];
    }

    private void Ensure()
    {
        if (topics.PartitionsOf(Name) is null)
            topics.Create(Name, partitions: 1, new() { ["cleanup.policy"] = "compact" });
    }

    public byte[]? Find(string owner, ReadOnlySpan<byte> key)
    {
        lock (_gate)
            return Latest().Find(owner, key);
    }

    public IReadOnlyList<KeyValuePair<byte[], byte[]>> Of(string owner)
    {
        lock (_gate)
            return Latest().Of(owner);
    }

    /// <summary>The records that store changes; none of their values is kept.</summary>
    private IReadOnlyList<NewRecord> Records(LogCommit commit)
    {
        List<NewRecord> records = [];
        foreach (var owner in commit.RemovedConsumers.Distinct())
            records.AddRange(Of(owner).Select(entry => new NewRecord(StateKey.Of(owner, entry.Key), null)));
        foreach (var change in commit.States)
            records.Add(new NewRecord(StateKey.Of(change.Owner, change.Key), NewRecord.Memory(change.Value)));
        return records;
    }

    private StateSnapshot Latest()
    {
        if (!_snapshot.TryGetTarget(out var snapshot))
            _snapshot.SetTarget(snapshot = new StateSnapshot());
        // The end that a broker tells may lie before a commit of this process, which a read waits for.
        while (reader.Read(Name, partition: 0, snapshot.Next, BatchSize) is { Count: > 0 } records)
            snapshot.Take(records);
        return snapshot;
    }
}
