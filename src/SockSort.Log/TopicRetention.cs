namespace SockSort.Log;

/// <summary>
/// A topic's retention: how long and how much is kept. The oldest records are removed first; the newest ones of a partition always stay.
/// </summary>
/// <param name="Time">Records whose timestamp is older than this are removed; null for no limit. More than 0.</param>
/// <param name="Bytes">The stored size that a partition may have; null for no limit. More than 0.</param>
public sealed record TopicRetention(TimeSpan? Time = null, long? Bytes = null)
{
    /// <summary>Keeps every record forever.</summary>
    public static readonly TopicRetention Everything = new();
}
