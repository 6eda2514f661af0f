namespace SockSort.Log;

/// <summary>How much of a topic is kept; what is older goes, the oldest first. The newest records of a partition always stay.</summary>
/// <param name="Time">Records whose own time lies further back than this go; null keeps them whatever their age. Longer than 0.</param>
/// <param name="Bytes">Stored bytes that a partition may take; null: any. More than 0.</param>
public sealed record TopicRetention(TimeSpan? Time = null, long? Bytes = null)
{
    /// <summary>Nothing goes.</summary>
    public static readonly TopicRetention Everything = new();
}
