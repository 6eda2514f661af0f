using SockSort.Log;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>
/// What passes between operators: a stream's record (<see cref="New"/> only) or a change of a table's row. The arrays belong to the
/// sender and are reused after the call: who keeps one copies it.
/// </summary>
internal struct Change
{
    /// <summary>The key's parts; null for a record without key.</summary>
    public Slot[]? Key;

    /// <summary>The table's row before the change; null where there was none, and in a stream.</summary>
    public Slot[]? Old;

    /// <summary>The row now; null for a tombstone, or a stream's record without value.</summary>
    public Slot[]? New;

    /// <summary>A row in which only key and pseudo columns are set, for a stream's record without value; else null.</summary>
    public Slot[]? Valueless;

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public long Timestamp;

    /// <summary>Start of the key's window in milliseconds; unused where keys have no window.</summary>
    public long WindowStart;

    /// <summary>End of the key's window in milliseconds, exclusive for time windows, inclusive for sessions.</summary>
    public long WindowEnd;

    /// <summary>The headers of the record that caused the change.</summary>
    public IReadOnlyList<RecordHeader> Headers;
}
