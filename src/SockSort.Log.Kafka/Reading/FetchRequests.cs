using System.Collections.Concurrent;
using Confluent.Kafka;

namespace SockSort.Log.Kafka.Reading;

/// <summary>What the thread that serves the consumer is to change of the partitions that it fetches.</summary>
/// <param name="consumer">Used by <see cref="DoAll"/> alone.</param>
/// <param name="fail">Called where a partition can't be fetched.</param>
internal sealed class FetchRequests(IConsumer<byte[]?, byte[]?> consumer, Action<TopicPartition, Error> fail)
{
    private readonly ConcurrentQueue<Action> _requests = new();

    public bool Any => !_requests.IsEmpty;

    /// <summary>Has the partition of a feed fetched from where it goes on.</summary>
    public void Assign(PartitionFeed feed) => _requests.Enqueue(() =>
    {
        try
        {
            LeaveNow(feed.Place);
            consumer.IncrementalAssign([new TopicPartitionOffset(feed.Place, feed.Next)]);
            feed.IsAssigned = true;
        }
        catch (KafkaException error)
        {
            fail(feed.Place, error.Error);
        }
    });

    /// <summary>Goes on with one that was paused; in the meantime it may have been left.</summary>
    public void Resume(TopicPartition place) => _requests.Enqueue(() =>
    {
        if (consumer.Assignment.Contains(place))
            consumer.Resume([place]);
    });

    /// <summary>Fetches a partition no more.</summary>
    public void Leave(TopicPartition place) => _requests.Enqueue(() => LeaveNow(place));

    /// <summary>Does what was asked for up to now. For the thread that serves the consumer.</summary>
    /// <exception cref="KafkaException">The library refuses one; it counts as done.</exception>
    public void DoAll()
    {
        while (_requests.TryDequeue(out var request))
            request();
    }

    private void LeaveNow(TopicPartition place)
    {
        if (!consumer.Assignment.Contains(place))
            return;
        // The library remembers a pause beyond the assignment.
        consumer.Resume([place]);
        consumer.IncrementalUnassign([place]);
    }
}
