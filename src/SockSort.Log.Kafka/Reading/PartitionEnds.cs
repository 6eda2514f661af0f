using Confluent.Kafka;
using SockSort.Log.Kafka.Clients;

namespace SockSort.Log.Kafka.Reading;

/// <summary>Asks where partitions begin and end, and looks at those that nothing is read of. Thread-safe.</summary>
/// <param name="consumer">Asks; it must be there until <see cref="Close"/> returns.</param>
internal sealed class PartitionEnds(KafkaCluster cluster, IConsumer<byte[]?, byte[]?> consumer)
{
    private static readonly long LookEveryMs = 100;
    private static readonly long RecheckEveryMs = 1000;

    private readonly OpenCalls _calls = new(cluster.Errors);
    private long _lookedAt;
    private long _recheckedAt;

    /// <summary>Places that are looked at though nothing is read there.</summary>
    public LoosePlaces Loose { get; } = new();

    /// <summary>The oldest offset and the end of a partition that exists.</summary>
    public (long First, long End) Of(TopicPartition place)
    {
        try
        {
            var found = Settling.Do(() => _calls.Do(() => consumer.QueryWatermarkOffsets(place, ClientSettings.Patience)));
            return (found.Low.Value, found.High.Value);
        }
        catch (KafkaException error) when (error.Error.Code is ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic
            or ErrorCode.Local_UnknownPartition)
        {
            cluster.Topics.Forget(place.Topic);
            return (0, 0);
        }
        catch (KafkaException error)
        {
            throw cluster.Errors.Of($"reading topic '{place.Topic}'", error.Error, error);
        }
    }

    /// <summary>Now and then tells of loose places that have changed, and looks for topics that are no more. For one thread.</summary>
    /// <param name="read">The topics that are being read.</param>
    public void LookAround(Func<TopicPartition, long> endOf, Func<IReadOnlyCollection<string>> read)
    {
        if (Environment.TickCount64 - _lookedAt < LookEveryMs)
            return;
        try
        {
            foreach (var topic in Loose.Changed(endOf))
                cluster.TellChanged(topic);
            if (Environment.TickCount64 - _recheckedAt >= RecheckEveryMs)
            {
                _recheckedAt = Environment.TickCount64;
                cluster.Topics.Recheck(read());
            }
        }
        catch (LogException)
        {
            // Who waits asks again, and is told why it fails.
        }
        _lookedAt = Environment.TickCount64;
    }

    /// <summary>Waits for the questions that are on; no further one is asked.</summary>
    public void Close() => _calls.Close();
}
