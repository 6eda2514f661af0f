using Confluent.Kafka;
using SockSort.Log.Kafka.Addresses;
using SockSort.Log.Kafka.Consumers;
using SockSort.Log.Kafka.Reading;

namespace SockSort.Log.Kafka;

/// <summary>Reads a log on Kafka: committed records only.</summary>
public sealed class KafkaLogReader : ILogReader
{
    private readonly KafkaCluster _cluster;
    private readonly bool _ownsCluster;
    private readonly bool _isWriters;
    private readonly Lazy<Fetcher> _fetcher;

    /// <param name="isWriters">Whether it reads for the process that commits consumers' offsets.</param>
    /// <param name="share">The topic of the state of processes that share partitions; null where nothing is shared.</param>
    internal KafkaLogReader(KafkaCluster cluster, bool ownsCluster = false, bool isWriters = false, string? share = null)
    {
        (_cluster, _ownsCluster, _isWriters) = (cluster, ownsCluster, isWriters);
        _fetcher = new(() => new Fetcher(cluster));
        States = new StateTopic(this, cluster.Topics, share);
    }

    /// <inheritdoc/>
    public long Version => _cluster.Signal.Version;

    internal StateTopic States { get; }

    /// <summary>Opens a cluster for reading.</summary>
    /// <exception cref="LogException">No broker can be reached, one refuses the login, or the settings are wrong.</exception>
    public static KafkaLogReader Open(KafkaAddress address) => new(KafkaCluster.Open(address), ownsCluster: true);

    /// <inheritdoc/>
    public IReadOnlyList<TopicInfo> Topics() => _cluster.Topics.All();

    /// <inheritdoc/>
    public TopicInfo? FindTopic(string topic) => _cluster.Topics.Find(topic);

    /// <inheritdoc/>
    public IReadOnlyList<PartitionInfo> PartitionsOf(string topic)
    {
        var found = _cluster.Topics.Find(topic) ?? throw LogErrors.NoTopic(topic, Topics().Select(known => known.Name));
        return [.. Enumerable.Range(0, found.Partitions).Select(partition => InfoOf(topic, partition))];
    }

    /// <inheritdoc/>
    public long EndOffset(string topic, int partition = 0)
    {
        var place = new TopicPartition(topic, partition);
        var end = _cluster.EndOf(_fetcher.Value)(place);
        _fetcher.Value.Loose.Add(place, end);
        return Math.Max(end, 0);
    }

    /// <inheritdoc/>
    public long FirstOffset(string topic, int partition = 0) => Exists(topic, partition) ? InfoOf(topic, partition).FirstOffset : 0;

    /// <inheritdoc/>
    public IReadOnlyList<LogRecord> Read(string topic, int partition, long fromOffset, int maxRecords = 1000)
    {
        var batch = new RecordBatch();
        ReadInto(topic, partition, fromOffset, maxRecords, batch);
        return batch.Records;
    }

    /// <inheritdoc/>
    public void ReadInto(string topic, int partition, long fromOffset, int maxRecords, RecordBatch into)
    {
        if (fromOffset < 0)
            throw LogErrors.Offset(topic, fromOffset);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        into.Clear();
        into.IsFull = false;
        var place = new TopicPartition(topic, partition);
        if (Exists(topic, partition))
        {
            _fetcher.Value.ReadInto(place, fromOffset, maxRecords, into);
            return;
        }
        _fetcher.Value.RefuseLost(place, fromOffset);
        _fetcher.Value.Loose.Add(place, -1);
    }

    /// <inheritdoc/>
    public long? CommittedOffset(string consumer, string topic, int partition = 0) =>
        Exists(topic, partition) ? _cluster.Groups.Committed(consumer, topic, partition, _isWriters) : null;

    /// <inheritdoc/>
    public byte[]? FindState(string owner, ReadOnlySpan<byte> key) => States.Find(owner, key);

    /// <inheritdoc/>
    IReadOnlyList<KeyValuePair<byte[], byte[]>> ILogReader.States(string owner) => States.Of(owner);

    /// <inheritdoc/>
    public Task WaitForChangeAsync(long version, CancellationToken cancellationToken = default) =>
        _cluster.Signal.WaitAsync(version, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_fetcher.IsValueCreated)
            _fetcher.Value.Dispose();
        if (_ownsCluster)
            _cluster.Dispose();
    }

    private bool Exists(string topic, int partition) =>
        partition >= 0 && _cluster.Topics.PartitionsOf(topic) is { } partitions && partition < partitions;

    private PartitionInfo InfoOf(string topic, int partition)
    {
        var (first, end) = _fetcher.Value.Ends(new TopicPartition(topic, partition));
        return new PartitionInfo(partition, first, end, LengthBytes: null);
    }
}
