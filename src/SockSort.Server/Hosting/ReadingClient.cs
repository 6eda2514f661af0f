namespace SockSort.Server.Hosting;

/// <summary>
/// Sends an answer in parts and cuts off a client that stops reading, so that it cannot hold the answer and its memory forever.
/// </summary>
/// <param name="timeout">The time limit for one part. No time runs between parts: there may be nothing to send for days.</param>
/// <param name="gone">Cancelled when the client disconnects or the server stops.</param>
internal sealed class ReadingClient(TimeSpan timeout, CancellationToken gone) : IDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(gone);

    /// <summary>Cancelled when the client takes too long or disconnects.</summary>
    public CancellationToken End => _end.Token;

    /// <exception cref="OperationCanceledException">
    /// The client takes too long or has disconnected. Abort the connection, so that a truncated answer does not look complete.
    /// </exception>
    public async ValueTask SendAsync(Func<CancellationToken, Task> send)
    {
        _end.CancelAfter(timeout);
        await send(_end.Token);
        _end.Token.ThrowIfCancellationRequested();
        _end.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _end.Dispose();
}
