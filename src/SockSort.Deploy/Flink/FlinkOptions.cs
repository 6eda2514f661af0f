using SockSort.Deploy.Flink.Gateway;

namespace SockSort.Deploy.Flink;

/// <summary>How jobs are started and stopped.</summary>
public sealed record FlinkOptions
{
    /// <summary>How long Flink may take to start or to stop a job.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long all jobs have to run before they count as started: one that cannot reach Kafka, or lacks a topic, fails some seconds after
    /// its start.
    /// </summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Further options of Flink for the session, by name: <c>execution.checkpointing.interval</c>.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The folder into which a job writes a savepoint when it is stopped, as Flink's machines name it; null stops without one.
    /// </summary>
    public string? Savepoints { get; init; }

    /// <summary>
    /// The savepoints that jobs start from, by what they are called (<c>table HEAPS</c>, or <c>HEAPS</c>); of a script with one job also
    /// by an empty text. A job that runs already is left.
    /// </summary>
    public IReadOnlyDictionary<string, string> FromSavepoints { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Flink's own REST API, which knows why a job failed and whether all of its tasks run; null where it is not to be had.
    /// </summary>
    public FlinkRest? Rest { get; init; }
}
