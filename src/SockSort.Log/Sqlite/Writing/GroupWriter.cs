using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SockSort.Log.Sqlite.Batches;
using SockSort.Log.Sqlite.Retention;
using SockSort.Log.Sqlite.Storage;

namespace SockSort.Log.Sqlite.Writing;

/// <summary>Stores groups of commits, each group in one transaction. Not thread-safe.</summary>
/// <remarks>Records that neighbouring commits append to the same partition share batches.</remarks>
internal sealed class GroupWriter : IDisposable
{
    private const int MaxBatchRecords = 5000;
    private const long MaxBatchBytes = 1 << 20;

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly StorageLog _log;
    private readonly WriterTopics _topics;
    private readonly SqliteCommand _insertBatch;
    private readonly ConsumerWriter _consumers;
    private readonly RetentionKeeper _retention;
    private readonly Dictionary<(WriterTopics.Topic Topic, int Partition), PendingBatch> _pending = [];
    private volatile string? _problem;

    public GroupWriter(SqliteConnection connection, string path, TimeProvider clock, StorageLog log)
    {
        (_connection, _path, _clock, _log) = (connection, path, clock, log);
        _topics = new WriterTopics(connection);
        _topics.Load();
        _consumers = new ConsumerWriter(connection);
        _retention = new RetentionKeeper(connection, _topics, clock);
        _insertBatch = connection.Command(
            "INSERT INTO batches (topic, partition, base_offset, count, newest, body) VALUES ($topic, $partition, $base, "
                + "$count, $newest, $body)",
            ("$topic", 0L), ("$partition", 0), ("$base", 0L), ("$count", 0), ("$newest", 0L), ("$body", Array.Empty<byte>()));
    }

    /// <summary>Stores the group and completes each request. An invalid request fails alone; a failing disk fails all of them.</summary>
    /// <returns>True if anything was committed.</returns>
    public bool Write(IReadOnlyList<WriteRequest> requests)
    {
        var began = _clock.GetTimestamp();
        try
        {
            var stored = Commit(requests);
            _problem = null;
            _log.Committed(stored, _clock.GetElapsedTime(began));
            stored.ForEach(request => request.Complete());
            return stored.Count > 0;
        }
        catch (Exception error)
        {
            var shown = error is SqliteException sqlite ? SqliteErrors.From(sqlite, _path) : error;
            _problem = shown.Message;
            _log.Failed(shown);
            foreach (var request in requests)
                request.Fail(shown);
            ReloadTopics();
            return false;
        }
    }

    /// <inheritdoc cref="WriterTopics.PartitionCountOf"/>
    public int? PartitionCountOf(string topic) => _topics.PartitionCountOf(topic);

    /// <summary>Why the last group could not be stored; null if it was. Thread-safe.</summary>
    public string? Problem => _problem;

    /// <inheritdoc cref="RetentionKeeper.Progress"/>
    public RetentionProgress Removed => _retention.Progress;

    /// <inheritdoc cref="RetentionKeeper.Step"/>
    public bool ApplyRetention()
    {
        var isMoreDue = _retention.Step();
        _log.RetentionApplied(_retention.Progress);
        return isMoreDue;
    }

    /// <inheritdoc cref="Checkpointer.Checkpoint"/>
    public void Checkpoint() => Checkpointer.Checkpoint(_connection);

    /// <summary>Limits the file's size in pages. Must not be called while a group is written.</summary>
    public void LimitPages(int pages) => _connection.Execute($"PRAGMA max_page_count = {pages}");

    public void Dispose()
    {
        _insertBatch.Dispose();
        _consumers.Dispose();
        _connection.Dispose();
    }

    private List<WriteRequest> Commit(IReadOnlyList<WriteRequest> requests)
    {
        var stored = new List<WriteRequest>(requests.Count);
        using var transaction = _connection.BeginTransaction(deferred: false);
        _insertBatch.Transaction = transaction;
        _consumers.Enter(transaction);
        foreach (var request in requests)
        {
            try
            {
                request.Commit.CheckAgainst(topic => _topics.Find(topic)?.NextOffsets.Length);
            }
            catch (LogException error)
            {
                request.Fail(error);
                continue;
            }
            Store(request);
            stored.Add(request);
        }
        foreach (var batch in _pending)
            Flush(batch.Key.Topic, batch.Key.Partition, batch.Value);
        transaction.Commit();
        return stored;
    }

    private void Store(WriteRequest request)
    {
        var commit = request.Commit;
        foreach (var removed in commit.RemovedTopics)
            Remove(removed);
        foreach (var wanted in commit.Topics)
            Store(wanted);
        for (var i = 0; i < commit.Appends.Count; i++)
            request.BaseOffsets[i] = Store(commit.Appends[i]);
        foreach (var consumer in commit.RemovedConsumers)
            _consumers.Remove(consumer);
        foreach (var offset in commit.Offsets)
            _consumers.Store(offset);
        foreach (var change in commit.States)
            _consumers.Store(change);
    }

    private void Remove(string name)
    {
        if (_topics.Find(name) is not { } topic)
            return;
        foreach (var batch in _pending.Keys.Where(place => place.Topic == topic).ToList())
            _ = _pending.Remove(batch);
        _topics.Remove(topic);
    }

    private void Store(NewTopic wanted)
    {
        var topic = _topics.Find(wanted.Name) ?? _topics.Create(wanted.Name, wanted.Partitions);
        if (wanted.Retention is { } retention)
            _topics.SetRetention(topic, retention);
    }

    private long Store(TopicAppend append)
    {
        var topic = _topics.Find(append.Topic) ?? _topics.Create(append.Topic, 1);
        var baseOffset = topic.NextOffsets[append.Partition];
        topic.NextOffsets[append.Partition] += append.Records.Count;
        ref var batch = ref CollectionsMarshal.GetValueRefOrAddDefault(_pending, (topic, append.Partition), out _);
        batch ??= new PendingBatch { BaseOffset = baseOffset };
        var nowMs = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var record in append.Records)
        {
            batch.Records.Add(record);
            batch.LengthBytes += record.LengthBytes;
            batch.NewestMs = Math.Max(batch.NewestMs ?? long.MinValue, record.TimestampMs ?? nowMs);
            if (batch.Records.Count >= MaxBatchRecords || batch.LengthBytes >= MaxBatchBytes)
                Flush(topic, append.Partition, batch);
        }
        return baseOffset;
    }

    private void Flush(WriterTopics.Topic topic, int partition, PendingBatch batch)
    {
        if (batch.Records.Count == 0)
            return;
        var nowMs = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var body = BatchCodec.Encode(CollectionsMarshal.AsSpan(batch.Records), nowMs, batch.LengthBytes);
        object[] values = [topic.Id, partition, batch.BaseOffset, batch.Records.Count, batch.NewestMs ?? nowMs, body];
        for (var i = 0; i < values.Length; i++)
            _insertBatch.Parameters[i].Value = values[i];
        // Without this, the length of the first body would stay bound as the parameter's size.
        _insertBatch.Parameters[^1].Size = body.Length;
        _ = _insertBatch.ExecuteNonQuery();
        _retention.Stored(topic, partition, body.Length);
        batch.Clear();
    }

    /// <summary>Reloads the topics from the file after a rolled-back transaction.</summary>
    private void ReloadTopics()
    {
        _pending.Clear();
        try
        {
            _topics.Load();
        }
        catch (SqliteException)
        {
            // The disk fails for reading as well; the next request reports it.
        }
    }

    private sealed class PendingBatch
    {
        public List<NewRecord> Records { get; } = [];

        public long BaseOffset { get; set; }

        public long LengthBytes { get; set; }

        /// <summary>The newest timestamp of its records.</summary>
        public long? NewestMs { get; set; }

        public void Clear()
        {
            BaseOffset += Records.Count;
            LengthBytes = 0;
            NewestMs = null;
            Records.Clear();
        }
    }
}
