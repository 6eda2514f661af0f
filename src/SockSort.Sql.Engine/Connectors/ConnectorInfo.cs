namespace SockSort.Sql.Engine.Connectors;

/// <summary>A connector as it is at one moment.</summary>
/// <param name="Kind"><c>source</c> or <c>sink</c>.</param>
/// <param name="State">Kafka Connect's state: <c>RUNNING</c>, <c>UNASSIGNED</c>, <c>PAUSED</c>, <c>STOPPED</c> or <c>FAILED</c>.</param>
public sealed record ConnectorInfo(
    string Name, string Kind, string ClassName, string State, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Topics)
{
    public const string Running = "RUNNING";
    public const string Paused = "PAUSED";
    public const string Stopped = "STOPPED";
    public const string Failed = "FAILED";

    /// <summary>The values that <see cref="State"/> can have.</summary>
    public static readonly IReadOnlyList<string> States = [Running, "UNASSIGNED", Paused, Stopped, Failed];

    /// <summary>Why it is not running; null where it is, or where nothing is wrong.</summary>
    public string? Trace { get; init; }

    /// <summary>The last thing that went wrong, also where it has healed; null for none.</summary>
    public string? LastError { get; init; }

    /// <summary>What the user should know of its settings.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What it has done since the start of the program.</summary>
    public IReadOnlyList<ConnectorCount> Counts { get; init; } = [];

    public bool HasFailed => State == Failed;
}

/// <summary>One of a connector's counters.</summary>
/// <param name="Name">Words with blanks: <c>redelivered</c>, <c>too large</c>.</param>
/// <param name="Value">Null where it is not known.</param>
public sealed record ConnectorCount(string Name, long? Value);
