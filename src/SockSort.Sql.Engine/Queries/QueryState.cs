namespace SockSort.Sql.Engine.Queries;

/// <summary>Whether a query goes on.</summary>
public enum QueryState
{
    Running,
    Paused,

    /// <summary>
    /// An error ended it, or keeps it from going on: the disk is full. <c>LastError</c> says which,
    /// <c>RetryAt</c> when it is tried again.
    /// </summary>
    Error,
}
