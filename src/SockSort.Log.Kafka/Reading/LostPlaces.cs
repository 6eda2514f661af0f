using Confluent.Kafka;

namespace SockSort.Log.Kafka.Reading;

/// <summary>Where reading stood in partitions that are no more: what is made there again begins anew. Thread-safe.</summary>
internal sealed class LostPlaces(KafkaCluster cluster)
{
    private readonly Dictionary<TopicPartition, (long From, long Next)> _next = [];

    /// <summary>Notes down that a partition is gone; one of which nothing was read is as good as new.</summary>
    /// <param name="place">The partition.</param>
    /// <param name="from">The offset that was read from last: whoever reads there goes on from it, or from one up to the next.</param>
    /// <param name="next">The offset behind the last record that was read.</param>
    public void Add(TopicPartition place, long from, long next)
    {
        lock (_next)
        {
            if (next > 0)
                _next[place] = (from, next);
        }
    }

    /// <summary>Reading has begun there anew.</summary>
    public void Remove(TopicPartition place)
    {
        lock (_next)
            _ = _next.Remove(place);
    }

    /// <summary>Whether the partition that was read up to this offset is gone.</summary>
    public bool Has(TopicPartition place, long from)
    {
        lock (_next)
            return _next.TryGetValue(place, out var lost) && from > 0 && from >= lost.From && from <= lost.Next;
    }

    /// <summary>Refuses to read on in a partition that is gone, where nothing would look like a pause.</summary>
    /// <exception cref="LogException">It is gone since the last read from there, or the whole cluster is another one.</exception>
    public void Refuse(TopicPartition place, long from)
    {
        if (!Has(place, from))
            return;
        cluster.RequireSame();
        throw cluster.Errors.TopicGone(place.Topic);
    }
}
