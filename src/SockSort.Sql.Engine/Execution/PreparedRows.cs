using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>What is known of a record before its query works on it.</summary>
internal enum PreparedState : byte
{
    /// <summary>Nothing: the query reads it itself, and meets there what made its preparation fail.</summary>
    Unread,

    /// <summary>Its row does not pass the conditions right behind the source.</summary>
    LeftOut,

    /// <summary>Its row goes on behind those conditions.</summary>
    Passes,
}

/// <summary>The rows of one batch of records for one query, read before the query comes to them. Their memory is used again.</summary>
/// <remarks>All rows lie in one array: the thread that takes them finds them one behind the other, and not all over its caches.</remarks>
internal sealed class PreparedRows
{
    private Entry[] _entries = [];
    private Slot[] _slots = [];
    private int _count;

    /// <summary>Forgets the rows, whose memory the next ones take.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds the next record's row.</summary>
    /// <param name="state">What is known of it.</param>
    /// <param name="change">Its change, with <paramref name="key"/> and <paramref name="row"/> in their places.</param>
    /// <param name="key">The parts of its key.</param>
    /// <param name="row">Its row.</param>
    public void Add(PreparedState state, in Change change, Slot[] key, Slot[] row)
    {
        var (at, width) = (_count++, key.Length + row.Length);
        if (at == _entries.Length)
            Array.Resize(ref _entries, Math.Max(16, 2 * at));
        if ((at + 1) * width > _slots.Length)
            Array.Resize(ref _slots, Math.Max(16, 2 * (at + 1)) * width);
        _entries[at] = new(
            state, change.Key is not null, change.New is not null, change.Valueless is not null, change.Timestamp, change.WindowStart,
            change.WindowEnd);
        if (state != PreparedState.Passes)
            return;
        key.CopyTo(_slots, at * width);
        row.CopyTo(_slots, (at * width) + key.Length);
    }

    /// <summary>What is known of the record at a place of the batch.</summary>
    /// <param name="at">The place.</param>
    /// <param name="timestamp">The record's time, as its row tells it.</param>
    public PreparedState StateOf(int at, out long timestamp)
    {
        if (at >= _count)
        {
            timestamp = 0;
            return PreparedState.Unread;
        }
        ref readonly var entry = ref _entries[at];
        timestamp = entry.Timestamp;
        return entry.State;
    }

    /// <summary>Takes the change of a record that passes.</summary>
    /// <param name="at">The record's place in the batch.</param>
    /// <param name="change">Receives the change.</param>
    /// <param name="key">Receives the parts of its key.</param>
    /// <param name="row">Receives its row.</param>
    public void Take(int at, ref Change change, Slot[] key, Slot[] row)
    {
        ref readonly var entry = ref _entries[at];
        var slots = _slots.AsSpan(at * (key.Length + row.Length), key.Length + row.Length);
        slots[..key.Length].CopyTo(key);
        slots[key.Length..].CopyTo(row);
        change.Key = entry.HasKey ? key : null;
        change.New = entry.HasNew ? row : null;
        change.Valueless = entry.IsValueless ? row : null;
        (change.Timestamp, change.WindowStart, change.WindowEnd) = (entry.Timestamp, entry.WindowStart, entry.WindowEnd);
    }

    private readonly record struct Entry(
        PreparedState State, bool HasKey, bool HasNew, bool IsValueless, long Timestamp, long WindowStart, long WindowEnd);
}
