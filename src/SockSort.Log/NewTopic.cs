using System.Text.RegularExpressions;

namespace SockSort.Log;

/// <summary>A topic to create; an existing one with the same number of partitions stays as it is.</summary>
/// <param name="Partitions">1 to 1024.</param>
/// <param name="Retention">The retention from now on; null leaves it unchanged, and keeps everything in a new topic.</param>
public sealed partial record NewTopic(string Name, int Partitions = 1, TopicRetention? Retention = null)
{
    private const int MaxPartitions = 1024;

    /// <exception cref="LogException">
    /// The name, the number of partitions or the retention is not allowed (<see cref="LogErrorKind.WrongRequest"/>).
    /// </exception>
    public void Check()
    {
        CheckName(Name);
        if (Partitions is < 1 or > MaxPartitions)
            throw LogErrors.Partitions(Name, Partitions, MaxPartitions);
        if (Retention?.Time <= TimeSpan.Zero || Retention?.Bytes <= 0)
            throw LogErrors.Retention(Name);
    }

    /// <exception cref="LogException">The name is not allowed for a topic (<see cref="LogErrorKind.WrongRequest"/>).</exception>
    public static void CheckName(string name)
    {
        if (!AllowedName().IsMatch(name) || name is "." or "..")
            throw LogErrors.TopicName(name);
    }

    // Kafka's rule for topic names.
    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,249}\z")]
    private static partial Regex AllowedName();
}
