namespace SockSort.Log.Memory;

/// <summary>A log in memory, for replay, conformance tests, benchmarks and tests.</summary>
/// <param name="clock">
/// Sets the timestamp of records that have none, and applies retention. Without a clock the system's time is used and retention removes
/// nothing, because the records of a replay may be of any time.
/// </param>
public sealed class MemoryLog(TimeProvider? clock = null) : ILog
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, MemoryTopic> _topics = new(StringComparer.Ordinal);
    private readonly MemoryConsumers _consumers = new();
    private readonly CommitSignal _signal = new();

    public event Action<string>? Appended;

    public string Id { get; } = Guid.NewGuid().ToString("n");

    public string? Directory => null;

    /// <summary>Always null: memory does not fail.</summary>
    public string? Problem => null;

    public long MostRecordBytes => NewRecord.MostBytes;

    public long Version => _signal.Version;

    public IReadOnlyList<TopicInfo> Topics()
    {
        lock (_gate)
            return [.. _topics.Values.Select(topic => topic.Info)];
    }

    public TopicInfo? FindTopic(string topic) => Find(topic)?.Info;

    public IReadOnlyList<PartitionInfo> PartitionsOf(string topic)
    {
        lock (_gate)
            return _topics.TryGetValue(topic, out var found) ? found.PartitionInfos() : throw LogErrors.NoTopic(topic, _topics.Keys);
    }

    public long EndOffset(string topic, int partition = 0) => Find(topic, partition)?.End ?? 0;

    public long FirstOffset(string topic, int partition = 0) => Find(topic, partition)?.First ?? 0;

    public IReadOnlyList<LogRecord> Read(string topic, int partition, long fromOffset, int maxRecords = 1000)
    {
        var batch = new RecordBatch();
        ReadInto(topic, partition, fromOffset, maxRecords, batch);
        return batch.Records;
    }

    public void ReadInto(string topic, int partition, long fromOffset, int maxRecords, RecordBatch into)
    {
        if (fromOffset < 0)
            throw LogErrors.Offset(topic, fromOffset);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        if (Find(topic, partition) is { } found)
            found.ReadInto(fromOffset, maxRecords, into);
        else
            into.Fill([], first: 0, offset: 0, maxRecords);
    }

    public long? CommittedOffset(string consumer, string topic, int partition = 0)
    {
        lock (_gate)
            return _consumers.Offset(consumer, topic, partition);
    }

    public byte[]? FindState(string owner, ReadOnlySpan<byte> key)
    {
        lock (_gate)
            return _consumers.FindState(owner, key);
    }

    public IReadOnlyList<KeyValuePair<byte[], byte[]>> States(string owner)
    {
        lock (_gate)
            return _consumers.States(owner);
    }

    public Task WaitForChangeAsync(long version, CancellationToken cancellationToken = default) =>
        _signal.WaitAsync(version, cancellationToken);

    public Task<long[]> CommitAsync(LogCommit commit, CancellationToken cancellationToken = default)
    {
        try
        {
            return Task.FromResult(Commit(commit));
        }
        catch (LogException error)
        {
            return Task.FromException<long[]>(error);
        }
    }

    public long[] Commit(LogCommit commit)
    {
        commit.Check();
        long[] first;
        lock (_gate)
        {
            commit.CheckAgainst(topic => _topics.GetValueOrDefault(topic)?.Info.Partitions);
            foreach (var topic in commit.RemovedTopics)
                _topics.Remove(topic);
            foreach (var topic in commit.Topics)
                Make(topic);
            var nowMs = _clock.GetUtcNow().ToUnixTimeMilliseconds();
            first = [.. commit.Appends.Select(append => Make(new NewTopic(append.Topic)).Append(append, nowMs))];
            _consumers.Store(commit);
        }
        _signal.Raise();
        Notify(commit);
        return first;
    }

    public bool DeleteTopic(string topic)
    {
        _ = Commit(new LogCommit { RemovedTopics = [topic] });
        return true;
    }

    /// <returns>This log itself, since its readers do not wait for each other.</returns>
    public ILogReader OpenReader() => this;

    /// <summary>Does nothing: the log is garbage-collected.</summary>
    public void Dispose()
    {
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync() => default;

    private MemoryTopic? Find(string topic)
    {
        lock (_gate)
            return _topics.GetValueOrDefault(topic);
    }

    private MemoryPartition? Find(string topic, int partition) => Find(topic)?.Find(partition);

    private MemoryTopic Make(NewTopic wanted)
    {
        if (!_topics.TryGetValue(wanted.Name, out var topic))
            _topics.Add(wanted.Name, topic = new MemoryTopic(wanted.Name, wanted.Partitions, appliesRetention: clock is not null));
        topic.SetRetention(wanted.Retention);
        return topic;
    }

    private void Notify(LogCommit commit)
    {
        foreach (var append in commit.Appends)
            Listeners.Notify(Appended, append.Topic);
    }
}
