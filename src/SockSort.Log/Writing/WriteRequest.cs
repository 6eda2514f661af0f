namespace SockSort.Log;

/// <summary>All that one caller wants stored together: it becomes durable as a whole or not at all.</summary>
internal sealed class WriteRequest
{
    // Continuations would otherwise run on the writer's thread and hold up everyone's commits.
    private readonly TaskCompletionSource<long[]> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Asks for nothing: it wakes the writer.</summary>
    public static readonly WriteRequest Tick = new();

    public List<NewTopic> Topics { get; } = [];

    public List<NewRetention> Retentions { get; } = [];

    public List<Append> Appends { get; } = [];

    public List<NextOffset> Offsets { get; } = [];

    public List<StateChange> States { get; } = [];

    /// <summary>Consumers whose offsets and states go.</summary>
    public List<string> Forgotten { get; } = [];

    /// <summary>The offset of the first record of each of <see cref="Appends"/>, in their order.</summary>
    public Task<long[]> Done => _done.Task;

    /// <summary>What <see cref="Done"/> will give; filled while the transaction is open.</summary>
    public long[] BaseOffsets { get; set; } = [];

    public int RecordCount { get; private set; }

    public long LengthBytes { get; private set; }

    /// <exception cref="LogException">A record is too large; none is added.</exception>
    public void Add(string topic, int partition, IReadOnlyList<NewRecord> records)
    {
        var lengthBytes = 0L;
        foreach (var record in records)
        {
            var length = record.LengthBytes;
            if (length > NewRecord.MostBytes)
                throw LogErrors.RecordTooLarge(topic, length);
            lengthBytes += length;
        }
        Appends.Add(new Append(topic, partition, records));
        RecordCount += records.Count;
        LengthBytes += lengthBytes;
    }

    public void Complete() => _done.SetResult(BaseOffsets);

    public void Fail(Exception error) => _done.TrySetException(error);

    /// <param name="Partitions">Null: as it is, or 1 where the topic is new.</param>
    internal readonly record struct NewTopic(string Name, int? Partitions);

    internal readonly record struct NewRetention(string Topic, TopicRetention Retention);

    internal readonly record struct Append(string Topic, int Partition, IReadOnlyList<NewRecord> Records);

    internal readonly record struct NextOffset(string Consumer, string Topic, int Partition, long Offset);

    /// <param name="Value">Null removes the key.</param>
    internal readonly record struct StateChange(string Owner, byte[] Key, byte[]? Value);
}
