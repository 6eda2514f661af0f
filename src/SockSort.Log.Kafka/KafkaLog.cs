using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Log.Kafka.Addresses;
using SockSort.Log.Kafka.Consumers;
using SockSort.Log.Kafka.Sharing;
using SockSort.Log.Kafka.Writing;
using SockSort.Log.Sharing;

namespace SockSort.Log.Kafka;

/// <summary>A log on Kafka: topics are Kafka's, consumers are its consumer groups, and their state is a compacted topic.</summary>
/// <remarks>
/// Where Kafka differs from a log on this machine:
/// <list type="bullet">
/// <item>A commit of one partition's records alone is no transaction: after an error the first of them may be stored.</item>
/// <item>Every other commit is one. Topics that it makes or removes, and consumers that it removes, are not part of it.</item>
/// <item>The end of a transaction takes an offset, so that offsets have gaps, and a partition has fewer records than its ends tell.</item>
/// <item>Retention removes whole segments, when the broker looks.</item>
/// </list>
/// </remarks>
public sealed class KafkaLog : ILog
{
    private readonly KafkaCluster _cluster;
    private readonly KafkaShare? _share;
    private readonly KafkaLogReader _reader;
    private readonly CommitWriter _writer;
    private readonly ILogger _log;
    private bool _isClosed;

    private KafkaLog(KafkaCluster cluster, KafkaShare? share, string? directory, TimeProvider clock, ILogger log)
    {
        (_cluster, _share, _log, Directory) = (cluster, share, log, directory);
        _reader = new KafkaLogReader(cluster, isWriters: true, share: share?.Topic);
        _writer = new CommitWriter(cluster, _reader, share, clock, log);
        _log.Opened($"{cluster.Address}", cluster.Id);
    }

    /// <inheritdoc/>
    public event Action<string>? Appended
    {
        add => _cluster.Changed += value;
        remove => _cluster.Changed -= value;
    }

    /// <summary>32 hexadecimal digits, made of the cluster's id.</summary>
    public string Id => _cluster.Id;

    /// <summary>The folder for what others keep on this machine; nothing of the log itself lies there. Null for none.</summary>
    public string? Directory { get; }

    /// <inheritdoc/>
    public IPartitionShare? Share => _share;

    /// <inheritdoc/>
    public long MostRecordBytes => _writer.MostRecordBytes;

    /// <inheritdoc/>
    public string? Problem => _writer.Problem;

    /// <inheritdoc/>
    public long Version => _reader.Version;

    /// <summary>Opens a cluster for reading and writing.</summary>
    /// <param name="directory">Becomes <see cref="Directory"/>.</param>
    /// <param name="clock">Sets the timestamp of records that have none; the system's clock by default.</param>
    /// <param name="loggers">Receive the log's events: docs/reference/logging.md. Null for none.</param>
    /// <param name="share">The name that processes have in common which share the work on partitions; null: this one does all.</param>
    /// <exception cref="LogException">No broker can be reached, one refuses the login, or the settings are wrong.</exception>
    public static KafkaLog Open(
        KafkaAddress address, string? directory = null, TimeProvider? clock = null, ILoggerFactory? loggers = null, string? share = null)
    {
        var name = share is null ? null : ShareName.Parse(share);
        var folder = directory is null ? null : Path.GetFullPath(directory);
        var log = (loggers ?? NullLoggerFactory.Instance).CreateLogger<KafkaLog>();
        var cluster = KafkaCluster.Open(address);
        KafkaShare? part = null;
        try
        {
            part = name is null ? null : new KafkaShare(cluster, name);
            return new KafkaLog(cluster, part, folder, clock ?? TimeProvider.System, log);
        }
        catch
        {
            part?.Dispose();
            cluster.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<TopicInfo> Topics() => _reader.Topics();

    /// <inheritdoc/>
    public int? PartitionCountOf(string topic) => _cluster.Topics.PartitionsOf(topic);

    /// <inheritdoc/>
    public TopicInfo? FindTopic(string topic) => _reader.FindTopic(topic);

    /// <inheritdoc/>
    public IReadOnlyList<PartitionInfo> PartitionsOf(string topic) => _reader.PartitionsOf(topic);

    /// <inheritdoc/>
    public long EndOffset(string topic, int partition = 0) => _reader.EndOffset(topic, partition);

    /// <inheritdoc/>
    public long FirstOffset(string topic, int partition = 0) => _reader.FirstOffset(topic, partition);

    /// <inheritdoc/>
    public IReadOnlyList<LogRecord> Read(string topic, int partition, long fromOffset, int maxRecords = 1000) =>
        _reader.Read(topic, partition, fromOffset, maxRecords);

    /// <inheritdoc/>
    public void ReadInto(string topic, int partition, long fromOffset, int maxRecords, RecordBatch into) =>
        _reader.ReadInto(topic, partition, fromOffset, maxRecords, into);

    /// <inheritdoc/>
    public long? CommittedOffset(string consumer, string topic, int partition = 0)
    {
        _writer.EndForeignTransaction();
        return _reader.CommittedOffset(consumer, topic, partition);
    }

    /// <inheritdoc/>
    public byte[]? FindState(string owner, ReadOnlySpan<byte> key)
    {
        _writer.EndForeignTransaction();
        return _reader.FindState(owner, key);
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<byte[], byte[]>> States(string owner)
    {
        _writer.EndForeignTransaction();
        return _reader.States.Of(owner);
    }

    /// <inheritdoc/>
    public Task WaitForChangeAsync(long version, CancellationToken cancellationToken = default) =>
        _reader.WaitForChangeAsync(version, cancellationToken);

    /// <inheritdoc/>
    public Task<long[]> CommitAsync(LogCommit commit, CancellationToken cancellationToken = default) =>
        _writer.StoreAsync(commit).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public long[] Commit(LogCommit commit) => _writer.StoreAsync(commit).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public bool DeleteTopic(string topic)
    {
        _ = Commit(new LogCommit { RemovedTopics = [topic] });
        return true;
    }

    /// <summary>Deletes all topics and what consumers have committed, for tests.</summary>
    internal void Clear()
    {
        foreach (var topic in _reader.Topics())
            _cluster.Topics.Delete(topic.Name);
        _cluster.Topics.Delete(StateTopic.Name);
        _cluster.Groups.Delete(_cluster.Groups.All());
    }

    /// <inheritdoc/>
    public ILogReader OpenReader() => new KafkaLogReader(_cluster);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _share?.Dispose();
        await _writer.DisposeAsync();
        _reader.Dispose();
        _cluster.Dispose();
        _log.Closed($"{_cluster.Address}");
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
