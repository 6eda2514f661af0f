using Confluent.Kafka;
using SockSort.Log.Kafka.Clients;

namespace SockSort.Log.Kafka.Writing;

/// <summary>Hands the records of commits to one producer of the client library, in their order.</summary>
internal sealed class RecordProducer : IDisposable
{
    private static readonly TimeSpan FullQueueWait = TimeSpan.FromMilliseconds(20);

    // What one broker knows of a topic's partitions, another one may learn a little later.
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(50);
    private const int MostLooks = 100;

    private readonly KafkaCluster _cluster;

    public RecordProducer(KafkaCluster cluster, ProducerConfig settings)
    {
        _cluster = cluster;
        Producer = new ProducerBuilder<byte[]?, byte[]?>(settings)
            .SetKeySerializer(Serializers.ByteArray).SetValueSerializer(Serializers.ByteArray)
            .SetErrorHandler((_, error) => TakeError(error)).SetLogHandler((_, _) => { }).Build();
    }

    /// <summary>Whether it can send nothing any more: the brokers have lost what they knew of it, and order can't be promised.</summary>
    public bool IsBroken { get; private set; }

    public IProducer<byte[]?, byte[]?> Producer { get; }

    /// <summary>Sends the records; what becomes of them is told by the deliveries.</summary>
    /// <exception cref="LogException">The library refuses one. Those before it may be stored.</exception>
    public void Send(IReadOnlyList<TopicAppend> appends, long nowMs, Deliveries deliveries)
    {
        var left = appends.Sum(append => append.Records.Count);
        try
        {
            foreach (var (number, append) in appends.Index())
            {
                var (place, handler) = (new TopicPartition(append.Topic, append.Partition), deliveries.Of(number));
                foreach (var record in append.Records)
                {
                    Send(place, record, nowMs, handler);
                    left--;
                }
            }
        }
        catch (LogException error)
        {
            deliveries.Refuse(left, error);
            throw;
        }
    }

    /// <summary>Why a record was not stored.</summary>
    public LogException Failure(DeliveryReport<byte[]?, byte[]?> failed)
    {
        var lengthBytes = (failed.Message.Key?.Length ?? 0L) + (failed.Message.Value?.Length ?? 0L);
        return Failure(failed.Topic, failed.Error, lengthBytes);
    }

    public void Dispose() => Producer.Dispose();

    private void TakeError(Error error)
    {
        IsBroken |= error.IsFatal;
        _cluster.News.Take(error);
    }

    private void Send(TopicPartition place, in NewRecord record, long nowMs, Action<DeliveryReport<byte[]?, byte[]?>> handler)
    {
        var (message, looks) = (KafkaRecord.Of(record, nowMs), 0);
        for (; ; )
        {
            try
            {
                Producer.Produce(place, message, handler);
                return;
            }
            catch (ProduceException<byte[]?, byte[]?> error) when (error.Error.Code == ErrorCode.Local_QueueFull)
            {
                _ = Producer.Flush(FullQueueWait);
            }
            catch (KafkaException error) when (HasGrown(place, error.Error) && looks++ < MostLooks)
            {
                LookAgain(place.Topic);
            }
            catch (KafkaException error)
            {
                throw Failure(place.Topic, error.Error, record.LengthBytes);
            }
        }
    }

    private bool HasGrown(TopicPartition place, Error error) => error.Code == ErrorCode.Local_UnknownPartition
        && _cluster.Topics.PartitionsOf(place.Topic) > place.Partition.Value;

    /// <summary>Has the library ask for a topic's partitions, which it otherwise does every five minutes: it has got more.</summary>
    private void LookAgain(string topic)
    {
        using var admin = new DependentAdminClientBuilder(Producer.Handle).Build();
        _ = _cluster.Errors.Try($"looking for topic '{topic}'", () => admin.GetMetadata(topic, ClientSettings.Patience));
        Thread.Sleep(LookPause);
    }

    private LogException Failure(string topic, Error error, long lengthBytes)
    {
        switch (error.Code)
        {
            case ErrorCode.MsgSizeTooLarge:
                return _cluster.Errors.RefusedAsTooLarge(topic, lengthBytes);
            case ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition:
                _cluster.Topics.Forget(topic);
                return _cluster.Errors.TopicGone(topic);
            default:
                return _cluster.Errors.Of($"appending to topic '{topic}'", error);
        }
    }
}
