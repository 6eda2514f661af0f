using SockSort.Connect.Classes;

namespace SockSort.Connect.Worker;

/// <summary>A connector as it stands at one moment.</summary>
/// <param name="Kind">Which way it carries records.</param>
/// <param name="Topics">Those of the log that it writes or reads; none where the configuration can't be used.</param>
/// <param name="Configuration">As it was written: a secret is shown as its <c>${file:…}</c>.</param>
/// <param name="Notes">What of the configuration has no effect, or another one than may be expected.</param>
/// <param name="Trace">Why it has failed; null in every other state.</param>
/// <param name="LastError">The last thing that went wrong, also where it has healed; null where nothing has.</param>
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
    /// <summary>In full; null where the configuration names no class that is known.</summary>
    public string? ClassName { get; init; }

    /// <summary>Whether a task has begun, be it one that has failed; else what has failed is the connector, or it is stopped.</summary>
    public bool HasTask { get; init; }
}
