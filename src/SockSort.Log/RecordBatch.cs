using System.Runtime.InteropServices;

namespace SockSort.Log;

/// <summary>A reusable buffer for the records of one read, so that a loop of reads allocates nothing.</summary>
public sealed class RecordBatch
{
    private byte[] _bytes = [];
    private int _used;

    /// <summary>The records of the last read. Keys and values are valid until the next read, headers for good.</summary>
    public List<LogRecord> Records { get; } = [];

    /// <summary>True if the last read ended at a limit, false if it ended because there are no more records.</summary>
    public bool IsFull { get; set; }

    /// <summary>Fills the batch from records in memory, for an implementation of a log.</summary>
    /// <param name="all">Records whose offsets follow each other without gaps.</param>
    /// <param name="first">Offset of the first record of <paramref name="all"/>.</param>
    /// <param name="offset">Offset of the first record to take; one before <paramref name="first"/> means that one.</param>
    /// <param name="most">The largest number of records to take.</param>
    public void Fill(List<LogRecord> all, long first, long offset, int most)
    {
        Clear();
        var begin = Math.Max(0, offset - first);
        var count = (int)Math.Clamp(all.Count - begin, 0, most);
        if (count > 0)
            Records.AddRange(CollectionsMarshal.AsSpan(all).Slice((int)begin, count));
        IsFull = count == most;
    }

    /// <summary>Empties the batch, and so invalidates the records of the last read.</summary>
    internal void Clear()
    {
        Records.Clear();
        _used = 0;
    }

    /// <summary>Copies bytes into the batch's buffer, where they stay valid until <see cref="Clear"/>.</summary>
    internal ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - _used)
            (_bytes, _used) = (new byte[Math.Max(bytes.Length, _bytes.Length * 2)], 0);
        bytes.CopyTo(_bytes.AsSpan(_used));
        _used += bytes.Length;
        return _bytes.AsMemory(_used - bytes.Length, bytes.Length);
    }
}
