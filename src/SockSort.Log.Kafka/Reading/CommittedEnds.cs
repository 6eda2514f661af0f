using System.Collections.Concurrent;
using Confluent.Kafka;

namespace SockSort.Log.Kafka.Reading;

/// <summary>Where partitions end at least, by what this process has appended: a read after an append finds what was appended.</summary>
internal sealed class CommittedEnds
{
    private readonly ConcurrentDictionary<TopicPartition, long> _ends = [];

    public long Of(TopicPartition place) => _ends.GetValueOrDefault(place);

    /// <summary>Notes down the offset after the last record that was appended.</summary>
    public void Note(TopicPartition place, long end) => _ends.AddOrUpdate(place, end, (_, known) => Math.Max(known, end));

    public void Forget(string topic)
    {
        foreach (var place in _ends.Keys.Where(place => place.Topic == topic))
            _ = _ends.TryRemove(place, out _);
    }
}
