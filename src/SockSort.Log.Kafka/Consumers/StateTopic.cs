using System.Runtime.InteropServices;
using SockSort.Log.Kafka.Topics;
using SockSort.Log.Sharing;

namespace SockSort.Log.Kafka.Consumers;

/// <summary>
/// The state of consumers in a compacted topic: each change is written in the transaction of its offsets and output, so that state is never
/// ahead or behind, and any machine can go on.
/// </summary>
/// <param name="share">
/// The topic of processes that share partitions: it exists, and the state of a partition lies in the one of its number. Null where one
/// process has all state, in the one partition of <see cref="Name"/>.
/// </param>
internal sealed class StateTopic(ILogReader reader, KafkaTopics topics, string? share)
{
    /// <summary>The topic's name where nothing is shared. It is hidden from lists of topics.</summary>
    public const string Name = "_socksort_state";

    private const int BatchSize = 5000;

    private readonly Lock _gate = new();

    private readonly string _topic = share ?? Name;

    // What partitions of the topic held when they were read last. Consumers hold their own state while they run, so this may go when memory
    // is short.
    private readonly Dictionary<int, WeakReference<StateSnapshot>> _snapshots = [];

    /// <summary>The commit's appends, and that of its changes of state, for which the topic is made if there is none.</summary>
    public IReadOnlyList<TopicAppend> AppendsOf(LogCommit commit)
    {
        var changes = Records(commit);
        if (changes.Count == 0)
            return commit.Appends;
        if (share is null && topics.PartitionsOf(Name) is null)
            topics.Create(Name, partitions: 1, new() { ["cleanup.policy"] = "compact" });
        return [.. commit.Appends, .. changes.Select(partition => new TopicAppend(_topic, partition.Key, partition.Value))];
    }

    public byte[]? Find(string owner, ReadOnlySpan<byte> key)
    {
        lock (_gate)
            return Latest(PartitionOf(owner)).Find(owner, key);
    }

    public IReadOnlyList<KeyValuePair<byte[], byte[]>> Of(string owner)
    {
        lock (_gate)
            return Latest(PartitionOf(owner)).Of(owner);
    }

    private int PartitionOf(string owner) => share is null ? 0 : SharedOwner.PartitionOf(owner);

    /// <summary>The records that store changes, by partition; none of their values is kept.</summary>
    private Dictionary<int, List<NewRecord>> Records(LogCommit commit)
    {
        Dictionary<int, List<NewRecord>> records = [];
        foreach (var owner in commit.RemovedConsumers.Distinct())
        {
            foreach (var (key, _) in Of(owner))
                RecordsOf(owner).Add(new NewRecord(StateKey.Of(owner, key), null));
        }
        foreach (var change in commit.States)
            RecordsOf(change.Owner).Add(new NewRecord(StateKey.Of(change.Owner, change.Key), NewRecord.Memory(change.Value)));
        return records;

        List<NewRecord> RecordsOf(string owner) => CollectionsMarshal.GetValueRefOrAddDefault(records, PartitionOf(owner), out _) ??= [];
    }

    private StateSnapshot Latest(int partition)
    {
        if (!_snapshots.TryGetValue(partition, out var known) || !known.TryGetTarget(out var snapshot))
            _snapshots[partition] = new(snapshot = new StateSnapshot());
        // The end that a broker tells may lie before a commit of this process, which a read waits for.
        while (reader.Read(_topic, partition, snapshot.Next, BatchSize) is { Count: > 0 } records)
            snapshot.Take(records);
        return snapshot;
    }
}
