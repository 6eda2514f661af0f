using System.Collections.Concurrent;
using System.Runtime.InteropServices;
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

    // How long a full feed may keep the others waiting. After that it is paused, which throws away what was fetched ahead for it.
    private static readonly TimeSpan RoomWait = TimeSpan.FromMilliseconds(200);

    private readonly KafkaCluster _cluster;
    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private readonly PartitionEnds _ends;
    private readonly LostPlaces _lost;
    private readonly FetchRequests _requests;
    private readonly Thread _thread;
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<TopicPartition, Lock> _turns = [];

    // Guards all below, and is pulsed when records arrive.
    private readonly object _gate = new();
    private readonly Dictionary<TopicPartition, PartitionFeed> _feeds = [];
    private int _waiting;

    // Of the thread alone.
    private readonly MessageReader _reader;
    private readonly List<FetchedMessage> _messages = [];
    private readonly HashSet<string> _untold = new(StringComparer.Ordinal);

    public Fetcher(KafkaCluster cluster)
    {
        _cluster = cluster;
        _consumer = new ConsumerBuilder<byte[]?, byte[]?>(cluster.Settings.Reads())
            .SetErrorHandler((_, error) => cluster.News.Take(error))
            .SetLogHandler((_, _) => { })
            .Build();
        _ends = new PartitionEnds(cluster, _consumer);
        _lost = new LostPlaces(cluster);
        _requests = new FetchRequests(_consumer, Fail);
        _reader = new MessageReader(_consumer);
        cluster.Topics.Removed += Forget;
        _thread = new Thread(Run) { IsBackground = true, Name = "Kafka reader" };
        _thread.Start();
    }

    /// <inheritdoc cref="PartitionEnds.Loose"/>
    public LoosePlaces Loose => _ends.Loose;

    /// <inheritdoc cref="PartitionEnds.Of"/>
    public (long First, long End) Ends(TopicPartition place) => _ends.Of(place);

    /// <summary>Reads on from an offset of a partition that exists.</summary>
    /// <exception cref="LogException">The topic is gone, the brokers refuse, or do not answer.</exception>
    public void ReadInto(TopicPartition place, long from, int most, RecordBatch into)
    {
        // In turns: a consumer has one place in a partition, and two that stand elsewhere would take it from each other for ever.
        lock (_turns.GetOrAdd(place, _ => new Lock()))
        {
            while (!TryReadInto(place, from, most, into))
            {
                // The place was not there. Retention has removed it, or the topic is another one of its name.
                if (from > Ends(place).End)
                {
                    _lost.Add(place, from, from);
                    RefuseLost(place, from);
                }
            }
        }
    }

    /// <inheritdoc cref="LostPlaces.Refuse"/>
    public void RefuseLost(TopicPartition place, long from) => _lost.Refuse(place, from);

    /// <returns>False where the feed has found no such offset: one more begins anew.</returns>
    private bool TryReadInto(TopicPartition place, long from, int most, RecordBatch into)
    {
        var feed = FeedAt(place, from);
        if (feed is null)
            return true;
        lock (_gate)
        {
            var wasFull = feed.IsFull;
            feed.MoveTo(from);
            feed.Require(_cluster.Ends.Of(place));
            if (wasFull)
                Monitor.PulseAll(_gate);
            if (feed.IsPaused && (feed.IsHalfEmpty || !feed.IsReady(most)))
            {
                feed.IsPaused = false;
                _requests.Resume(place);
            }
            if (!feed.IsReady(most))
                WaitUntilReady(feed, most);
            if (feed.Problem?.Code is ErrorCode.Local_AutoOffsetReset or ErrorCode.Local_LogTruncation)
                return false;
            if (feed.Problem is { } problem)
                throw Failed(feed, problem);
            feed.ReadInto(most, into);
            return true;
        }
    }

    public void Dispose()
    {
        if (_ending.IsCancellationRequested)
            return;
        _cluster.Topics.Removed -= Forget;
        _ending.Cancel();
        _thread.Join();
        _ends.Close();
        _reader.Dispose();
        _consumer.Dispose();
        _ending.Dispose();
    }

    /// <summary>The feed that goes on at an offset; null if nothing can be there.</summary>
    private PartitionFeed? FeedAt(TopicPartition place, long from)
    {
        lock (_gate)
        {
            if (_feeds.TryGetValue(place, out var there) && there.Has(from))
                return there;
        }
        var (first, end) = Ends(place);
        if (from > end && !_lost.Has(place, from))
        {
            Loose.Add(place, end);
            return null;
        }
        Loose.Remove(place);
        var feed = new PartitionFeed(place, from > end ? first : Math.Max(from, first), end);
        _lost.Remove(place);
        lock (_gate)
        {
            _feeds[place] = feed;
            _requests.Assign(feed);
            Monitor.PulseAll(_gate);
        }
        return feed;
    }

    private void WaitUntilReady(PartitionFeed feed, int most)
    {
        var end = Environment.TickCount64 + (long)ClientSettings.Patience.TotalMilliseconds;
        _waiting++;
        Monitor.PulseAll(_gate);
        try
        {
            while (!feed.IsReady(most))
            {
                _ = Monitor.Wait(_gate, TimeSpan.FromSeconds(1));
                // Others' records wake it, too: they are no answer.
                if (!feed.IsReady(most) && Environment.TickCount64 > end)
                    throw _cluster.Errors.NoAnswer($"reading topic '{feed.Place.Topic}'");
                ObjectDisposedException.ThrowIf(_ending.IsCancellationRequested, this);
            }
        }
        finally
        {
            _waiting--;
        }
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
        {
            feed.Problem ??= new Error(ErrorCode.UnknownTopicOrPart);
            _lost.Add(place, feed.From, feed.Next);
        }
        _requests.Leave(place);
    }

    private LogException Failed(PartitionFeed feed, Error problem) => problem.Code == ErrorCode.UnknownTopicOrPart
        ? _cluster.Errors.TopicGone(feed.Place.Topic)
        : _cluster.Errors.Of($"reading topic '{feed.Place.Topic}'", problem);

    private void Run()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                _requests.DoAll();
                MakeRoom();
                _reader.Read(TimeSpan.Zero, _messages);
                if (_messages.Count == 0)
                    RestForABeat();
                Take();
            }
            catch (KafkaException error)
            {
                _cluster.News.Take(error.Error);
            }
        }
    }

    /// <summary>Waits while a feed is full and nobody waits for another; pauses those that stay full.</summary>
    private void MakeRoom()
    {
        lock (_gate)
        {
            var end = Environment.TickCount64 + (long)RoomWait.TotalMilliseconds;
            while (FullFeeds().Any() && _waiting == 0 && end - Environment.TickCount64 is > 0 and var left)
            {
                _ = Monitor.Wait(_gate, TimeSpan.FromMilliseconds(left));
                // Comes back here where there still is no room.
                if (_requests.Any || _ending.IsCancellationRequested)
                    return;
            }
            foreach (var feed in FullFeeds().ToList())
            {
                feed.IsPaused = true;
                _consumer.Pause([feed.Place]);
            }
        }
    }

    private IEnumerable<PartitionFeed> FullFeeds() => _feeds.Values.Where(feed => feed is { IsFull: true, IsPaused: false });

    /// <summary>Tells of what has arrived, and waits a beat for more.</summary>
    private void RestForABeat()
    {
        Tell();
        _ends.LookAround(_cluster.EndOf(this), TopicsOfFeeds);
        _reader.Read(Beat, _messages);
    }

    private string[] TopicsOfFeeds()
    {
        lock (_gate)
            return [.. _feeds.Keys.Select(place => place.Topic).Distinct()];
    }

    private void Take()
    {
        if (_messages.Count == 0)
            return;
        lock (_gate)
        {
            foreach (ref readonly var message in CollectionsMarshal.AsSpan(_messages))
                Take(message);
            Monitor.PulseAll(_gate);
        }
        foreach (ref readonly var message in CollectionsMarshal.AsSpan(_messages))
        {
            if (message.Error is not (Librdkafka.NoError or Librdkafka.PartitionEof))
                TakeError(message.Place, new Error((ErrorCode)message.Error));
        }
        Tell();
    }

    private void Take(in FetchedMessage message)
    {
        if (message.Place is null || !_feeds.TryGetValue(message.Place, out var feed) || !feed.IsAssigned)
            return;
        if (message.Error == Librdkafka.PartitionEof)
            feed.TakeEnd(message.Record.Offset);
        else if (message.Error == Librdkafka.NoError && feed.Take(message.Record))
            _ = _untold.Add(message.Place.Topic);
    }

    private void TakeError(TopicPartition? place, Error error)
    {
        _cluster.News.Take(error);
        if (place is null)
            return;
        if (error.Code is ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition)
            _cluster.Topics.Forget(place.Topic);
        else
            Fail(place, error);
    }

    private void Fail(TopicPartition place, Error problem)
    {
        lock (_gate)
        {
            if (_feeds.TryGetValue(place, out var feed))
                feed.Problem = problem;
            Monitor.PulseAll(_gate);
        }
    }

    private void Tell()
    {
        foreach (var topic in _untold)
            _cluster.TellChanged(topic);
        _untold.Clear();
    }
}
