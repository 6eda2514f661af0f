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

    /// <summary>Of tables: the row before; null where there was none.</summary>
    public Slot[]? Old;

    /// <summary>The row now; null for a tombstone, or a stream's record without value.</summary>
    public Slot[]? New;

    /// <summary>Of a stream's record without value: a row in which only key and pseudo columns are set; null else.</summary>
    public Slot[]? Valueless;

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public long Timestamp;

    /// <summary>Milliseconds; of windowed keys only.</summary>
    public long WindowStart;

    /// <summary>Milliseconds, exclusive for time windows, inclusive for sessions.</summary>
    public long WindowEnd;

    /// <summary>Of the record that caused the change.</summary>
    public IReadOnlyList<RecordHeader> Headers;
}
