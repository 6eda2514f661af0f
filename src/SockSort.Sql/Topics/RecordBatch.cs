using System.Runtime.InteropServices;
using SockSort.Log;

namespace SockSort.Sql.Topics;

/// <summary>Room for the records of one read, used again by the next.</summary>
public sealed class RecordBatch
{
    /// <summary>Of the last read; their keys and values are valid until the next one.</summary>
    public List<TopicRecord> Records { get; } = [];

    /// <summary>Whether the last read ended at a limit, not where no more records are.</summary>
    public bool IsFull { get; set; }

    /// <summary>Reads from records in memory, whose numbers are their offsets.</summary>
    public void Take(List<TopicRecord> all, long offset, int most)
    {
        Records.Clear();
        var count = (int)Math.Clamp(all.Count - offset, 0, most);
        if (count > 0)
            Records.AddRange(CollectionsMarshal.AsSpan(all).Slice((int)offset, count));
        IsFull = count == most;
    }

    internal RecordBuffer Bytes { get; } = new();
}
