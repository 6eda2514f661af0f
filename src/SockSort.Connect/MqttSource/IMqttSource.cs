namespace SockSort.Connect;

/// <summary>Carries messages from a broker into the log; each is acknowledged when the log has it on disk.</summary>
/// <remarks>Disposing it ends the carrying; a broker elsewhere keeps the session, and with it what comes meanwhile.</remarks>
internal interface IMqttSource : IAsyncDisposable
{
    SourceProgress Progress { get; }
}

/// <param name="Failure">Why it can't work at present; null while it works or tries to.</param>
/// <param name="LastError">Of something that went wrong, though it may work again.</param>
internal sealed record SourceProgress(long Received, long Stored, long Redelivered, long Dropped, string? Failure, string? LastError);
