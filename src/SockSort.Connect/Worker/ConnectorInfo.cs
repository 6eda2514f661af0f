using SockSort.Connect.Classes;

namespace SockSort.Connect.Worker;

/// <summary>A snapshot of a connector.</summary>
/// <param name="Kind">The direction in which it carries records.</param>
/// <param name="Topics">The topics of the log that it writes or reads; none where the configuration can't be used.</param>
/// <param name="Configuration">The configuration as it was written; a secret is shown as its placeholder.</param>
/// <param name="Notes">Notes for the user on settings that have no effect, or another effect than may be expected.</param>
/// <param name="Trace">The reason for the failure; null in every other state.</param>
/// <param name="LastError">The latest error, even where the connector has recovered; null where there was none.</param>
public sealed record ConnectorInfo(
    string Name,
    ConnectorKind Kind,
    ConnectorState State,
    IReadOnlyList<string> Topics,
    IReadOnlyDictionary<string, string> Configuration,
    IReadOnlyList<string> Notes,
    string? Trace,
    ConnectorCounts Counts,
    string? LastError)
{
    /// <summary>The full class name; null where the configuration names no known class.</summary>
    public string? ClassName { get; init; }

    /// <summary>
    /// Whether a task exists, running, failed or paused. It is false where the connector itself has failed, or is stopped.
    /// </summary>
    public bool HasTask { get; init; }

    internal string KindWord => ConnectorChecks.Word(Kind);

    internal string TopicsText => string.Join(", ", Topics);
}
