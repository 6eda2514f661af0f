namespace SockSort.Log;

/// <summary>How much of a topic is kept; what is older goes, the oldest first. The newest batch of a partition always stays.</summary>
/// <param name="Time">Records whose own time lies further back than this go; null keeps them whatever their age. Longer than 0.</param>
/// <param name="Bytes">Stored bytes that a partition may take; null: any. More than 0.</param>
public sealed record TopicRetention(TimeSpan? Time = null, long? Bytes = null)
{
    /// <summary>Nothing goes.</summary>
    public static readonly TopicRetention Everything = new();

    /// <exception cref="LogException">A bound is not above 0 (<see cref="LogErrorKind.WrongRequest"/>).</exception>
    internal void Check(string topic)
    {
        if (Time <= TimeSpan.Zero || Bytes <= 0)
            throw LogErrors.Retention(topic);
    }
}
