namespace SockSort.Connect.Classes;

/// <summary>A connector at work. What is carried is acknowledged, or committed, when it is durable where it goes.</summary>
/// <remarks>Disposing it ends the work, and keeps elsewhere what is kept for the connector.</remarks>
internal interface IConnectorTask : IAsyncDisposable
{
    TaskProgress Progress { get; }

    /// <summary>Raised, on some thread, when state or failure of <see cref="Progress"/> may have changed; not for each record.</summary>
    event Action? Changed;
}

/// <param name="State">Running, Unassigned while it makes its first attempt, else Failed: it goes on trying.</param>
/// <param name="Failure">Why it has failed; null in the other states.</param>
/// <param name="LastError">Of something that went wrong, though it may work again.</param>
internal sealed record TaskProgress(ConnectorState State, ConnectorCounts Counts, string? Failure, string? LastError);
