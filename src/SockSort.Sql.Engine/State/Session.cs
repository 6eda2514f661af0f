namespace SockSort.Sql.Engine.State;

/// <summary>A session of one key: from its first record to its last, both inclusive, in milliseconds.</summary>
internal sealed class Session(GroupState state, long start, long end)
{
    public GroupState State { get; } = state;

    public long Start { get; } = start;

    public long End { get; } = end;

    /// <summary>Counts the sessions of all keys as they come; set when the session is added.</summary>
    public long Number { get; set; }

    /// <summary>Whether it has been merged into another, or forgotten.</summary>
    public bool IsGone { get; set; }
}
