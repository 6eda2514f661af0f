using Confluent.Kafka;
using SockSort.Log.Kafka.Clients;

namespace SockSort.Log.Kafka.Reading;

/// <summary>
/// Fetches the partitions that are being read, ahead of the reads. One thread serves the consumer of the client library: it assigns
/// partitions, takes what arrives, and tells of it.
/// </summary>
internal sealed class Fetcher : IDisposable
{
    // How long a new request may wait for the thread.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);
    private static readonly long LookEveryMs = 100;

    // News is told when there is a pause, or after so many records.
    private const int MostUntold = 500;

    private readonly KafkaCluster _cluster;
    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private readonly Thread _thread;
    private readonly CancellationTokenSource _ending = new();

    // Guards all below, and is pulsed when records arrive.
    private readonly object _gate = new();
    private readonly Dictionary<TopicPartition, PartitionFeed> _feeds = [];
    private readonly Queue<Action> _requests = new();

    private readonly HashSet<string> _untold = new(StringComparer.Ordinal);
    private int _untoldRecords;
    private long _lookedAt;

    public Fetcher(KafkaCluster cluster)
    {
        _cluster = cluster;
        _consumer = new ConsumerBuilder<byte[]?, byte[]?>(cluster.Settings.Reads())
            .SetErrorHandler((_, error) => cluster.News.Take(error))
            .SetLogHandler((_, _) => { })
            .Build();
        cluster.Topics.Removed += Forget;
        _thread = new Thread(Run) { IsBackground = true, Name = "Kafka reader" };
        _thread.Start();
    }

    /// <summary>Places that are looked at though nothing is read there.</summary>
    public LoosePlaces Loose { get; } = new();

    /// <summary>The oldest offset and the end of a partition that exists.</summary>
    public (long First, long End) Ends(TopicPartition place)
    {
        try
        {
            var found = _consumer.QueryWatermarkOffsets(place, ClientSettings.Patience);
            return (found.Low.Value, found.High.Value);
        }
        catch (KafkaException error) when (error.Error.Code is ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic
            or ErrorCode.Local_UnknownPartition)
        {
            _cluster.Topics.Forget(place.Topic);
            return (0, 0);
        }
        catch (KafkaException error)
        {
            throw _cluster.Errors.Of($"reading topic '{place.Topic}'", error.Error, error);
        }
    }

    /// <summary>Reads on from an offset of a partition that exists.</summary>
    public void ReadInto(TopicPartition place, long from, int most, RecordBatch into)
    {
        var feed = FeedAt(place, from);
        if (feed is null)
            return;
        lock (_gate)
        {
            feed.Require(_cluster.Ends.Of(place));
            var end = Environment.TickCount64 + (long)ClientSettings.Patience.TotalMilliseconds;
            while (!feed.IsReady(most))
            {
                if (!Monitor.Wait(_gate, TimeSpan.FromSeconds(1)) && Environment.TickCount64 > end)
                    throw _cluster.Errors.NoAnswer($"reading topic '{place.Topic}'");
                ObjectDisposedException.ThrowIf(_ending.IsCancellationRequested, this);
            }
            if (feed.Problem is { } problem)
                throw Failed(feed, problem);
            feed.ReadInto(most, into);
            if (feed.IsPaused && feed.IsHalfEmpty)
                Resume(feed);
        }
    }

    public void Dispose()
    {
        if (_ending.IsCancellationRequested)
            return;
        _cluster.Topics.Removed -= Forget;
        _ending.Cancel();
        _thread.Join();
        _consumer.Dispose();
        _ending.Dispose();
    }

    /// <summary>The feed that goes on at an offset; null if nothing can be there.</summary>
    private PartitionFeed? FeedAt(TopicPartition place, long from)
    {
        lock (_gate)
        {
            if (_feeds.TryGetValue(place, out var there) && there.Next == from && there.Problem is null)
                return there;
        }
        var (first, end) = Ends(place);
        if (from > end)
        {
            Loose.Add(place, end);
            return null;
        }
        Loose.Remove(place);
        var feed = new PartitionFeed(place, Math.Max(from, first), end);
        lock (_gate)
        {
            _feeds[place] = feed;
            _requests.Enqueue(() => Assign(feed));
        }
        return feed;
    }

    private void Assign(PartitionFeed feed)
    {
        if (_consumer.Assignment.Contains(feed.Place))
            _consumer.IncrementalUnassign([feed.Place]);
        _consumer.IncrementalAssign([new TopicPartitionOffset(feed.Place, feed.Next)]);
    }

    private void Resume(PartitionFeed feed)
    {
        feed.IsPaused = false;
        _requests.Enqueue(() => _consumer.Resume([feed.Place]));
    }

    /// <summary>Leaves the partitions of a topic that is no more.</summary>
    private void Forget(string topic)
    {
        lock (_gate)
        {
            foreach (var place in _feeds.Keys.Where(place => place.Topic == topic).ToList())
                Leave(place);
            Monitor.PulseAll(_gate);
        }
    }

    private void Leave(TopicPartition place)
    {
        if (_feeds.Remove(place, out var feed))
            feed.Problem ??= new Error(ErrorCode.UnknownTopicOrPart);
        _requests.Enqueue(() =>
        {
            if (_consumer.Assignment.Contains(place))
                _consumer.IncrementalUnassign([place]);
        });
    }

    private LogException Failed(PartitionFeed feed, Error problem) => problem.Code == ErrorCode.UnknownTopicOrPart
        ? _cluster.Errors.TopicGone(feed.Place.Topic)
        : _cluster.Errors.Of($"reading topic '{feed.Place.Topic}'", problem);

    private void Run()
    {
        while (!_ending.IsCancellationRequested)
        {
            DoRequests();
            try
            {
                Take(_consumer.Consume(TimeSpan.Zero) ?? AfterNews());
            }
            catch (ConsumeException error)
            {
                TakeError(error);
            }
            catch (KafkaException error)
            {
                _cluster.News.Take(error.Error);
            }
        }
    }

    private void DoRequests()
    {
        for (; ; )
        {
            Action? request;
            lock (_gate)
            {
                if (!_requests.TryDequeue(out request))
                    return;
            }
            request();
        }
    }

    /// <summary>What arrives within a beat; what has arrived before is told first.</summary>
    private ConsumeResult<byte[]?, byte[]?>? AfterNews()
    {
        Tell();
        if (Environment.TickCount64 - _lookedAt >= LookEveryMs)
        {
            LookAround();
            _lookedAt = Environment.TickCount64;
        }
        return _consumer.Consume(Beat);
    }

    private void Take(ConsumeResult<byte[]?, byte[]?>? read)
    {
        if (read is null)
            return;
        lock (_gate)
        {
            if (!_feeds.TryGetValue(read.TopicPartition, out var feed))
                return;
            if (read.IsPartitionEOF)
            {
                feed.TakeEnd(read.Offset.Value);
                Monitor.PulseAll(_gate);
                return;
            }
            if (feed.Take(ReadRecord.Of(read)))
                _ = _untold.Add(read.Topic);
            if (feed.IsFull && !feed.IsPaused)
                Pause(feed);
        }
        if (++_untoldRecords >= MostUntold)
            Tell();
    }

    private void Pause(PartitionFeed feed)
    {
        feed.IsPaused = true;
        _consumer.Pause([feed.Place]);
    }

    private void TakeError(ConsumeException error)
    {
        var (place, code) = (error.ConsumerRecord?.TopicPartition, error.Error.Code);
        _cluster.News.Take(error.Error);
        if (place is null)
            return;
        if (code is ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition)
        {
            _cluster.Topics.Forget(place.Topic);
            return;
        }
        lock (_gate)
        {
            if (_feeds.TryGetValue(place, out var feed))
                feed.Problem = error.Error;
            Monitor.PulseAll(_gate);
        }
    }

    private void Tell()
    {
        _untoldRecords = 0;
        if (_untold.Count == 0)
            return;
        lock (_gate)
            Monitor.PulseAll(_gate);
        foreach (var topic in _untold)
            _cluster.TellChanged(topic);
        _untold.Clear();
    }

    private void LookAround()
    {
        try
        {
            foreach (var topic in Loose.Changed(_cluster.EndOf(this)))
                _cluster.TellChanged(topic);
        }
        catch (LogException)
        {
            // Who waits asks again, and is told why it fails.
        }
    }
}
