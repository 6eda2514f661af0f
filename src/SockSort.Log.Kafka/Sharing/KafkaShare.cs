using Confluent.Kafka;
using SockSort.Log.Sharing;

namespace SockSort.Log.Kafka.Sharing;

/// <summary>Shares partitions by a consumer group of Kafka: the broker says who is there, Kafka's protocol who has which.</summary>
/// <remarks>
/// The group subscribes to the compacted topic of the state and reads nothing of it. Assignment is cooperative: who comes or goes costs the
/// others nothing but what moves. Each transaction that stores work of a partition commits an offset of it as this member
/// (KIP-447), so that the broker refuses what a process writes that has lost the partition, however late it comes.
/// </remarks>
internal sealed class KafkaShare : IPartitionShare, IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly KafkaCluster _cluster;
    private readonly ShareName _name;
    private readonly IConsumer<Ignore, Ignore> _consumer;
    private readonly CancellationTokenSource _leaving = new();
    private readonly Lock _gate = new();
    private readonly Queue<ShareChange> _changes = [];

    // Guards the consumer's end.
    private readonly Lock _closing = new();
    private bool _isClosed;
    private Thread? _thread;

    // Of the thread alone.
    private bool _mustPause;

    /// <exception cref="LogException">The topic can't be made, or the address asks for at least once.</exception>
    public KafkaShare(KafkaCluster cluster, ShareName name)
    {
        if (cluster.Address.IsAtLeastOnce)
            throw ShareErrors.AtLeastOnce(cluster.Address);
        (_cluster, _name) = (cluster, name);
        if (cluster.Topics.PartitionsOf(name.Topic) is null)
            cluster.Topics.Create(name.Topic, partitions: 1, new() { ["cleanup.policy"] = "compact" });
        _consumer = new ConsumerBuilder<Ignore, Ignore>(cluster.Settings.Share(name.Group))
            .SetErrorHandler((_, error) => cluster.News.Take(error))
            .SetLogHandler((_, _) => { })
            .SetPartitionsAssignedHandler(Given)
            .SetPartitionsRevokedHandler((_, places) => TakeAway(ShareChangeKind.Taken, [.. places.Select(place => place.TopicPartition)]))
            .SetPartitionsLostHandler((_, places) => TakeAway(ShareChangeKind.Lost, [.. places.Select(place => place.TopicPartition)]))
            .Build();
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public string Name => _name.Name;

    /// <summary>The compacted topic of the state.</summary>
    public string Topic => _name.Topic;

    /// <summary>The group's id.</summary>
    public string Group => _name.Group;

    /// <summary>This process as a member of the group, at this moment.</summary>
    /// <exception cref="LogException">It has left.</exception>
    public IConsumerGroupMetadata Member
    {
        get
        {
            // The library ends the process where it is asked for the group of a consumer that is closed.
            lock (_closing)
                return _isClosed ? throw ShareErrors.NotOwned(_cluster.Address, cause: null) : _consumer.ConsumerGroupMetadata;
        }
    }

    /// <inheritdoc/>
    public void Join()
    {
        _thread ??= new Thread(Run) { IsBackground = true, Name = "Kafka share" };
        _consumer.Subscribe(_name.Topic);
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Leave()
    {
        if (_leaving.IsCancellationRequested)
            return;
        _leaving.Cancel();
        _thread?.Join();
        try
        {
            lock (_closing)
            {
                _isClosed = true;
                _consumer.Close();
            }
        }
        catch (KafkaException error)
        {
            // The broker finds out by itself, after the session's time.
            _cluster.News.Take(error.Error);
        }
    }

    /// <inheritdoc/>
    public ShareChange? TryTake()
    {
        lock (_gate)
            return _changes.TryDequeue(out var change) ? change : null;
    }

    /// <inheritdoc/>
    public void Require(int partitions)
    {
        if (_cluster.Topics.PartitionsOf(Topic) < partitions)
            _cluster.Topics.Grow(Topic, partitions);
    }

    /// <inheritdoc/>
    public bool IsSettled(int partition)
    {
        var place = new TopicPartition(Topic, partition);
        if (!_cluster.Groups.IsStable(Group, place))
            return false;
        // A transaction that is open ends what readers of committed records see.
        var end = _cluster.Groups.EndOf(Group, place, isCommitted: false);
        var visible = _cluster.Groups.EndOf(Group, place, isCommitted: true);
        if (visible < end)
            return false;
        _cluster.Ends.Note(place, end);
        return true;
    }

    /// <summary>The offsets by which a transaction proves that the partitions are this member's.</summary>
    public IEnumerable<TopicPartitionOffset> Proof(IEnumerable<int> partitions) =>
        partitions.Select(partition => new TopicPartitionOffset(Topic, partition, 0));

    public void Dispose()
    {
        Leave();
        _consumer.Dispose();
        _leaving.Dispose();
    }

    private void Run()
    {
        while (!_leaving.IsCancellationRequested)
        {
            try
            {
                _ = _consumer.Consume(Beat);
                if (!_mustPause)
                    continue;
                _mustPause = false;
                _consumer.Pause(_consumer.Assignment);
            }
            catch (KafkaException error)
            {
                _cluster.News.Take(error.Error);
            }
        }
    }

    private IEnumerable<TopicPartitionOffset> Given(IConsumer<Ignore, Ignore> consumer, List<TopicPartition> places)
    {
        _mustPause = true;
        if (places.Count > 0)
            Put(new ShareChange(ShareChangeKind.Given, Numbers(places)));
        return places.Select(place => new TopicPartitionOffset(place, Offset.End));
    }

    /// <summary>Lets the group go on only when nothing is worked on any more that others are to have.</summary>
    private void TakeAway(ShareChangeKind kind, List<TopicPartition> places)
    {
        if (places.Count == 0 || _leaving.IsCancellationRequested)
            return;
        var change = new ShareChange(kind, Numbers(places));
        Put(change);
        try
        {
            change.Wait(_leaving.Token);
        }
        catch (OperationCanceledException)
        {
            // Who worked on them has ended.
        }
    }

    private static int[] Numbers(List<TopicPartition> places) => [.. places.Select(place => place.Partition.Value).Order()];

    private void Put(ShareChange change)
    {
        lock (_gate)
            _changes.Enqueue(change);
        Changed?.Invoke();
    }
}
