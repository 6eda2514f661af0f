namespace SockSort.Connect;

/// <summary>Carries messages from a broker into the log; each is acknowledged when the log has it on disk.</summary>
/// <remarks>Disposing it ends the carrying; a broker elsewhere keeps the session, and with it what comes meanwhile.</remarks>
internal interface IMqttSource : IAsyncDisposable
{
    SourceProgress Progress { get; }
}

/// <param name="State">Running, Unassigned while it makes its first connection, else Failed: it goes on trying.</param>
/// <param name="Failure">Why it has failed; null in the other states.</param>
/// <param name="LastError">Of something that went wrong, though it may work again.</param>
internal sealed record SourceProgress(ConnectorState State, ConnectorCounts Counts, string? Failure, string? LastError);
