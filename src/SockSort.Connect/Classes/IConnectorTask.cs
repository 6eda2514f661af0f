namespace SockSort.Connect.Classes;

/// <summary>
/// The running task of a connector. Records are acknowledged or committed only when they are durable at their destination.
/// </summary>
/// <remarks>Disposing it ends the work; an external system goes on keeping what it keeps for the connector.</remarks>
internal interface IConnectorTask : IAsyncDisposable
{
    TaskProgress Progress { get; }

    /// <summary>
    /// Raised on any thread when the state or the failure of <see cref="Progress"/> may have changed; not for each record.
    /// </summary>
    event Action? Changed;
}

/// <param name="State">Running, Unassigned during the first attempt, else Failed while the task retries.</param>
/// <param name="Failure">The reason for the failure; null in the other states.</param>
/// <param name="LastError">The latest error, even where the task works again; null where there was none.</param>
internal sealed record TaskProgress(ConnectorState State, ConnectorCounts Counts, string? Failure, string? LastError);
