namespace SockSort.Sql.Engine.State;

/// <summary>A session of one key: from its first record to its last, both inclusive, in milliseconds.</summary>
internal sealed class Session(GroupState state, long start, long end)
{
    public GroupState State { get; } = state;

    public long Start { get; private set; } = start;

    public long End { get; private set; } = end;

    /// <summary>Counts the sessions of all keys as they come and grow; set when the session is added.</summary>
    public long Number { get; set; }

    /// <summary>Whether it has been merged into another, or forgotten.</summary>
    public bool IsGone { get; set; }

    /// <summary>Where it lies in the stored state; null where it does not.</summary>
    public (long End, long Start, long Number)? Stored { get; set; }

    /// <summary>Takes in what lies beside it.</summary>
    public void Grow(long start, long end) => (Start, End) = (start, end);
}
