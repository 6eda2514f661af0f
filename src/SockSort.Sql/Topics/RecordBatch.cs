using SockSort.Log;

namespace SockSort.Sql.Topics;

/// <summary>Room for the records of one read, used again by the next.</summary>
public sealed class RecordBatch
{
    /// <summary>Of the last read; their keys and values are valid until the next one.</summary>
    public List<TopicRecord> Records { get; } = [];

    /// <summary>Whether the last read ended at a limit, not where no more records are.</summary>
    public bool IsFull { get; set; }

    internal RecordBuffer Bytes { get; } = new();
}
