using Confluent.Kafka;

namespace SockSort.Log.Kafka.Writing;

/// <summary>
/// Stores commits with offsets or state without a transaction, for at least once: records and state first, offsets when the brokers have
/// both. What is killed in between is processed again.
/// </summary>
internal sealed class LooseWriter(KafkaCluster cluster, KafkaLogReader reader)
{
    /// <param name="producer">Has nothing on its way.</param>
    /// <returns>The offset of the first record of each append.</returns>
    /// <exception cref="LogException">Some of the records may be stored, the offsets are not.</exception>
    public long[] Store(LogCommit commit, RecordProducer producer, long nowMs)
    {
        var appends = reader.States.AppendsOf(commit);
        var records = appends.Sum(append => append.Records.Count);
        var first = Enumerable.Repeat(-1L, appends.Count).ToArray();
        if (records > 0)
        {
            var delivered = Send(appends, records, producer, nowMs);
            for (var number = 0; number < appends.Count; number++)
                cluster.Ends.Note(new TopicPartition(appends[number].Topic, appends[number].Partition), delivered.End[number]);
            if (delivered.Failed is { } failed)
                throw producer.Failure(failed);
            first = delivered.First;
        }
        foreach (var group in commit.Offsets.GroupBy(offset => offset.Consumer))
            cluster.Groups.Commit(group.Key, group.Select(offset => new TopicPartitionOffset(offset.Topic, offset.Partition, offset.Next)));
        return first[..commit.Appends.Count];
    }

    private static Deliveries Send(IReadOnlyList<TopicAppend> appends, int records, RecordProducer producer, long nowMs)
    {
        var done = new TaskCompletionSource<Deliveries>(TaskCreationOptions.RunContinuationsAsynchronously);
        producer.Send(appends, nowMs, new Deliveries(appends.Count, records, done.SetResult));
        return done.Task.GetAwaiter().GetResult();
    }
}
