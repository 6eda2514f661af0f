namespace SockSort.Log;

/// <summary>The state of a topic at one moment.</summary>
/// <param name="Partitions">The number of partitions.</param>
public sealed record TopicInfo(string Name, int Partitions)
{
    /// <summary>The topic's retention.</summary>
    public TopicRetention Retention { get; init; } = TopicRetention.Everything;
}
