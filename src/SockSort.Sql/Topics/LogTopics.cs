using System.Collections.Concurrent;
using SockSort.Log;

namespace SockSort.Sql.Topics;

/// <summary>The topics of a data folder's log.</summary>
public sealed class LogTopics : ITopics, IAsyncDisposable
{
    private readonly EventLog _log;
    private readonly LogReader _reader;

    // Lists walk over the whole log, and pull queries over whole topics: the queries' reads do not wait for them.
    private readonly LogReader _aside;

    // A log keeps its topics, and they their partitions.
    private readonly ConcurrentDictionary<string, TopicInfo> _known = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watch;

    /// <param name="log">Open for writing; owned by the caller, who closes it after this.</param>
    public LogTopics(EventLog log)
    {
        _log = log;
        _reader = log.OpenReader();
        _aside = log.OpenReader();
        _watch = WatchAsync();
    }

    public event Action<string>? Appended;

    public long MostRecordBytes => Log.NewRecord.MostBytes;

    public IReadOnlyList<TopicInfo> List() => Guarded(IReadOnlyList<TopicInfo> () => [.. _aside.Topics().Select(topic => new TopicInfo(topic.Name, topic.Partitions.Count))]);

    public TopicInfo? Find(string topic)
    {
        if (_known.TryGetValue(topic, out var known))
            return known;
        return Guarded(() => _aside.FindTopic(topic)) is { } found ? _known[topic] = new(found.Name, found.Partitions.Count) : null;
    }

    public void Create(string topic, int partitions)
    {
        if (Find(topic) is not null)
            return;
        Guarded(() => _log.CreateTopicAsync(topic, partitions).GetAwaiter().GetResult());
    }

    // What is not committed leaves nothing behind.
    public void Check(string topic, int partitions) => Guarded(() => _log.BeginTransaction().CreateTopic(topic, partitions));

    /// <returns>False: a log keeps its topics.</returns>
    public bool Delete(string topic) => Find(topic) is null;

    public long End(string topic, int partition) => Guarded(() => _reader.EndOffset(topic, partition));

    public long Begin(string topic, int partition) => Guarded(() => _reader.FirstOffset(topic, partition));

    public IReadOnlyList<TopicRecord> Read(string topic, int partition, long offset, int maxRecords) =>
        Guarded(IReadOnlyList<TopicRecord> () => _aside.ReadAs(topic, partition, offset, maxRecords,
            (at, timestampMs, key, value, headers) => new TopicRecord(partition, at, timestampMs, key, value, Headers(headers))));

    public void ReadInto(string topic, int partition, long offset, int maxRecords, RecordBatch into) => into.IsFull = Guarded(() => _reader.ReadInto(
        topic, partition, offset, maxRecords, into.Records, into.Bytes, (at, timestampMs, key, value, headers) => new TopicRecord(partition, at, timestampMs, key, value, Copy(headers))));

    public long Append(string topic, int partition, IReadOnlyList<NewRecord> records) => Guarded(() => _log.Append(topic, [.. records.Select(ToLog)], partition));

    public void Commit(TopicCommit commit) => Guarded(() =>
    {
        var transaction = _log.BeginTransaction();
        foreach (var topic in commit.Topics)
        {
            transaction.CreateTopic(topic.Name, topic.Partitions);
            if (topic.Kept is { } kept)
                transaction.SetRetention(topic.Name, new TopicRetention(kept.Time, kept.Bytes));
        }
        foreach (var append in commit.Appends)
            transaction.Append(append.Topic, [.. append.Records.Select(ToLog)], append.Partition);
        foreach (var offset in commit.Offsets)
            transaction.CommitOffset(offset.Consumer, offset.Topic, offset.Partition, offset.Next);
        foreach (var change in commit.States)
        {
            if (change.Value is null)
                transaction.RemoveState(change.Owner, change.Key);
            else
                transaction.PutState(change.Owner, change.Key, change.Value);
        }
        _ = transaction.Commit();
    });

    public long? CommittedOffset(string consumer, string topic, int partition) => Guarded(() => _reader.CommittedOffset(consumer, topic, partition));

    public IReadOnlyList<KeyValuePair<byte[], byte[]>> States(string owner) => Guarded(() => _reader.States(owner));

    public void Forget(string consumer) => Guarded(() =>
    {
        var transaction = _log.BeginTransaction();
        transaction.Forget(consumer);
        _ = transaction.Commit();
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _reader.Dispose();
        _aside.Dispose();
        _stop.Dispose();
    }

    private static void Guarded(Action work) => Guarded(() =>
    {
        work();
        return true;
    });

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (LogException error)
        {
            throw new TopicsException(error.Message, error, error.Kind == LogErrorKind.WrongRequest);
        }
    }

    private static IReadOnlyList<RecordHeader> Headers(IReadOnlyList<Log.RecordHeader> headers) =>
        headers.Count == 0 ? NewRecord.NoHeaders : [.. headers.Select(header => new RecordHeader(header.Name, header.Value))];

    private static IReadOnlyList<RecordHeader> Copy(IReadOnlyList<Log.RecordHeader> headers) =>
        headers.Count == 0 ? NewRecord.NoHeaders : [.. headers.Select(header => new RecordHeader(header.Name, NewRecord.Memory(header.Value?.ToArray())))];

    private static Log.NewRecord ToLog(NewRecord record) => new(
        NewRecord.Memory(record.Key), NewRecord.Memory(record.Value), record.Timestamp,
        record.Headers.Count == 0 ? null : [.. record.Headers.Select(header => new Log.RecordHeader(header.Name, header.Value))]);

    /// <summary>One commit may touch any topic: who waits looks for itself.</summary>
    private async Task WatchAsync()
    {
        var version = _reader.Version;
        while (!_stop.IsCancellationRequested)
        {
            await _reader.WaitForChangeAsync(version, _stop.Token);
            version = _reader.Version;
            Tell();
        }
    }

    /// <summary>Who is just leaving may throw: the others are told nevertheless.</summary>
    private void Tell()
    {
        foreach (var waiting in Appended?.GetInvocationList().Cast<Action<string>>() ?? [])
        {
            try
            {
                waiting("");
            }
            catch (ObjectDisposedException)
            {
                // It has left between the list and the call.
            }
        }
    }
}
