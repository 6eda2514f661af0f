namespace SockSort.Log;

/// <summary>A topic as it stood at one moment.</summary>
/// <param name="Partitions">Their number.</param>
public sealed record TopicInfo(string Name, int Partitions)
{
    /// <summary>How much of it is kept.</summary>
    public TopicRetention Retention { get; init; } = TopicRetention.Everything;
}
