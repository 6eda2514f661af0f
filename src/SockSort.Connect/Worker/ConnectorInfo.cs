namespace SockSort.Connect;

/// <summary>Kafka Connect's states of a connector and of its task.</summary>
public enum ConnectorState
{
    /// <summary>Not started, or before the outcome of its first attempt to connect.</summary>
    Unassigned,

    /// <summary>The broker has granted its subscription, the connection stands, and messages can be stored.</summary>
    Running,

    Paused,

    /// <summary>It gets no messages, or cannot store them; it goes on trying.</summary>
    Failed,
}

/// <summary>A connector as it stands at one moment.</summary>
/// <param name="Configuration">As it was written: a secret is shown as its <c>${file:…}</c>.</param>
/// <param name="Notes">What of the configuration has no effect, or another one than may be expected.</param>
/// <param name="Trace">Why it has failed; null in every other state.</param>
/// <param name="LastError">The last thing that went wrong, also where it has healed; null where nothing has.</param>
public sealed record ConnectorInfo(
    string Name,
    ConnectorState State,
    IReadOnlyDictionary<string, string> Configuration,
    IReadOnlyList<string> Notes,
    string? Trace,
    ConnectorCounts Counts,
    string? LastError);
