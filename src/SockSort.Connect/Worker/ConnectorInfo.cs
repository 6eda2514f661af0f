namespace SockSort.Connect;

/// <summary>Kafka Connect's states of a connector and of its task.</summary>
public enum ConnectorState
{
    /// <summary>Made, and not started.</summary>
    Unassigned,

    Running,
    Paused,
    Failed,
}

/// <summary>A connector as it stands at one moment.</summary>
/// <param name="Configuration">As it was written: a secret is shown as its <c>${file:…}</c>.</param>
/// <param name="Notes">What of the configuration has no effect, or another one than may be expected.</param>
/// <param name="Trace">Why it has failed; null in every other state.</param>
/// <param name="Received">Messages taken from the broker since the start.</param>
/// <param name="Stored">Messages that the log has on disk.</param>
/// <param name="Redelivered">Messages flagged as possibly sent before: each may stand in the log twice.</param>
/// <param name="Dropped">Messages without acknowledgement (QoS 0) that came faster than they were stored.</param>
/// <param name="LastError">The last thing that went wrong, also where it has healed; null where nothing has.</param>
public sealed record ConnectorInfo(
    string Name,
    ConnectorState State,
    IReadOnlyDictionary<string, string> Configuration,
    IReadOnlyList<string> Notes,
    string? Trace,
    long Received,
    long Stored,
    long Redelivered,
    long Dropped,
    string? LastError);
