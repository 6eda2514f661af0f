using SockSort.Log;

namespace SockSort.Sql.Topics;

/// <summary>Room for the records of one read, used again by the next.</summary>
public sealed class RecordBatch
{
    /// <summary>Of the last read; their keys and values are valid until the next one.</summary>
    public List<TopicRecord> Records { get; } = [];

    internal RecordBuffer Bytes { get; } = new();
}
