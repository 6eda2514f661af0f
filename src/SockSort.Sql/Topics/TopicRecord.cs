namespace SockSort.Sql.Topics;

/// <summary>A record as it lies in a topic.</summary>
/// <param name="Timestamp">Milliseconds since 1970, UTC.</param>
/// <param name="Key">Null for none.</param>
/// <param name="Value">Null for a tombstone.</param>
/// <param name="Headers">In order; empty for none.</param>
/// <remarks>Large for a value: hand it on by reference.</remarks>
public readonly record struct TopicRecord(
    int Partition, long Offset, long Timestamp, ReadOnlyMemory<byte>? Key, ReadOnlyMemory<byte>? Value, IReadOnlyList<RecordHeader> Headers)
{
    /// <summary>Bytes of key, value and headers together.</summary>
    public long LengthBytes => (Key?.Length ?? 0L) + (Value?.Length ?? 0) + RecordHeader.LengthBytes(Headers);
}

/// <param name="Value">Null is allowed.</param>
public readonly record struct RecordHeader(string Name, ReadOnlyMemory<byte>? Value)
{
    /// <summary>Bytes of names and values together.</summary>
    public static long LengthBytes(IReadOnlyList<RecordHeader> headers) =>
        headers.Count == 0 ? 0 : headers.Sum(header => header.Name.Length + (header.Value?.Length ?? 0L));
}

/// <summary>A record to be appended; the topic gives it its offset.</summary>
public sealed record NewRecord(long Timestamp, byte[]? Key, byte[]? Value, IReadOnlyList<RecordHeader> Headers)
{
    public static readonly IReadOnlyList<RecordHeader> NoHeaders = [];

    /// <summary>Bytes of key, value and headers together.</summary>
    public long LengthBytes => (Key?.Length ?? 0L) + (Value?.Length ?? 0) + RecordHeader.LengthBytes(Headers);

    /// <summary>Null stays null: the language's own conversion makes an empty memory of it, and a tombstone is no empty value.</summary>
    public static ReadOnlyMemory<byte>? Memory(byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(bytes);
}

public sealed record TopicInfo(string Name, int Partitions);

/// <summary>How much of a topic is kept; the oldest records go.</summary>
/// <param name="Time">By the records' own time; null: whatever their age.</param>
/// <param name="Bytes">Of one partition; null: any number.</param>
public sealed record TopicKept(TimeSpan? Time, long? Bytes);

/// <summary>A change of a consumer's kept state.</summary>
/// <param name="Value">Null removes the key.</param>
public sealed record StateChange(string Owner, byte[] Key, byte[]? Value);

/// <summary>How far a consumer has read.</summary>
public sealed record ConsumedOffset(string Consumer, string Topic, int Partition, long Next);

/// <summary>What becomes durable together or not at all.</summary>
/// <param name="Topics">Made before the appends.</param>
public sealed record TopicCommit(IReadOnlyList<NewTopic> Topics, IReadOnlyList<TopicAppend> Appends, IReadOnlyList<ConsumedOffset> Offsets, IReadOnlyList<StateChange> States);

/// <summary>A topic to be made; one that exists stays as it is.</summary>
/// <param name="Kept">How much of it is kept; null: everything. Where nothing is ever removed, it means nothing.</param>
public sealed record NewTopic(string Name, int Partitions, TopicKept? Kept = null);

/// <summary>Records for one partition, in order.</summary>
public sealed record TopicAppend(string Topic, int Partition, IReadOnlyList<NewRecord> Records);
