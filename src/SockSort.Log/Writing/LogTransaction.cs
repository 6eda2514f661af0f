namespace SockSort.Log;

/// <summary>
/// Changes that become durable together or not at all: output records, how far a consumer has read, and its state. For
/// one caller at a time; nothing is visible before <see cref="CommitAsync"/>.
/// </summary>
public sealed class LogTransaction
{
    private readonly EventLog _log;
    private readonly WriteRequest _request = new();
    private bool _committed;

    internal LogTransaction(EventLog log) => _log = log;

    /// <summary>Makes a topic unless it exists so.</summary>
    /// <exception cref="LogException">The name or the number of partitions is not allowed.</exception>
    public void CreateTopic(string topic, int partitions)
    {
        Topics.CheckName(topic);
        if (partitions is < 1 or > Topics.MaxPartitions)
            throw LogErrors.Partitions(topic, partitions);
        _request.Topics.Add(new WriteRequest.NewTopic(topic, partitions));
    }

    /// <summary>Says how much of a topic is kept from now on; the topic is made, with one partition, where it lacks.</summary>
    /// <exception cref="LogException">A bound is not above 0.</exception>
    public void SetRetention(string topic, TopicRetention retention)
    {
        Topics.CheckName(topic);
        retention.Check(topic);
        _request.Retentions.Add(new WriteRequest.NewRetention(topic, retention));
    }

    /// <inheritdoc cref="Append(string, IReadOnlyList{NewRecord}, int)"/>
    public void Append(string topic, NewRecord record, int partition = 0) => Append(topic, [record], partition);

    /// <summary>Adds records after those of the partition; the topic is made, with one partition, where it lacks.</summary>
    /// <exception cref="LogException">The topic's name is not allowed or a record is larger than 64 MiB.</exception>
    public void Append(string topic, IReadOnlyList<NewRecord> records, int partition = 0)
    {
        Topics.CheckName(topic);
        _request.Add(topic, partition, records);
    }

    /// <summary>Notes the offset of the next record that the consumer is to read.</summary>
    public void CommitOffset(string consumer, string topic, int partition, long nextOffset)
    {
        if (nextOffset < 0)
            throw LogErrors.Offset(topic, nextOffset);
        _request.Offsets.Add(new WriteRequest.NextOffset(consumer, topic, partition, nextOffset));
    }

    /// <summary>Keeps opaque bytes under an owner and key, in place of earlier ones.</summary>
    public void PutState(string owner, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        _request.States.Add(new WriteRequest.StateChange(owner, key.ToArray(), value.ToArray()));

    /// <summary>Removes what is kept under an owner and key, if anything.</summary>
    public void RemoveState(string owner, ReadOnlySpan<byte> key) =>
        _request.States.Add(new WriteRequest.StateChange(owner, key.ToArray(), null));

    /// <summary>Forgets a consumer: its offsets, and the state whose owner it is. Before what else the transaction stores of it.</summary>
    public void Forget(string consumer) => _request.Forgotten.Add(consumer);

    /// <summary>Stores all of it. A transaction is committed once.</summary>
    /// <param name="cancellationToken">Ends the waiting; what was queued may be stored nevertheless.</param>
    /// <returns>The offset of the first record of each <c>Append</c>, in the order of the calls, once all is on disk.</returns>
    /// <exception cref="LogException">Nothing was stored: the request is wrong or the disk failed or is full.</exception>
    public Task<long[]> CommitAsync(CancellationToken cancellationToken = default)
    {
        EndOnce();
        return _log.CommitAsync(_request, cancellationToken);
    }

    /// <summary>As <see cref="CommitAsync"/>, blocking the caller.</summary>
    public long[] Commit()
    {
        EndOnce();
        return _log.Commit(_request);
    }

    private void EndOnce()
    {
        if (_committed)
            throw new InvalidOperationException("the transaction was committed before");
        _committed = true;
    }
}
