using System.Runtime.InteropServices;

namespace SockSort.Log;

/// <summary>Room for the records of one read, used again by the next: who reads without end makes no garbage of it.</summary>
public sealed class RecordBatch
{
    private byte[] _bytes = [];
    private int _used;

    /// <summary>Of the last read; their keys and values are valid until the next one, their headers for good.</summary>
    public List<LogRecord> Records { get; } = [];

    /// <summary>Whether the last read ended at a limit, not where no more records are.</summary>
    public bool IsFull { get; set; }

    /// <summary>Reads from records in memory, as an implementation of a log does.</summary>
    /// <param name="all">Their offsets follow each other without gaps.</param>
    /// <param name="first">Offset of the first of them.</param>
    /// <param name="offset">The first that is wanted; earlier than <paramref name="first"/> means that one.</param>
    /// <param name="most">At most so many.</param>
    public void Take(List<LogRecord> all, long first, long offset, int most)
    {
        Restart();
        var begin = Math.Max(0, offset - first);
        var count = (int)Math.Clamp(all.Count - begin, 0, most);
        if (count > 0)
            Records.AddRange(CollectionsMarshal.AsSpan(all).Slice((int)begin, count));
        IsFull = count == most;
    }

    /// <summary>What was read before is no longer needed.</summary>
    internal void Restart()
    {
        Records.Clear();
        _used = 0;
    }

    /// <summary>A copy that lives until <see cref="Restart"/>.</summary>
    internal ReadOnlyMemory<byte> Hold(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - _used)
            (_bytes, _used) = (new byte[Math.Max(bytes.Length, _bytes.Length * 2)], 0);
        bytes.CopyTo(_bytes.AsSpan(_used));
        _used += bytes.Length;
        return _bytes.AsMemory(_used - bytes.Length, bytes.Length);
    }
}
