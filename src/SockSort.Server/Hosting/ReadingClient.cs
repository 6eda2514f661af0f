namespace SockSort.Server.Hosting;

/// <summary>
/// Sends an answer part by part to a client that reads; one that does not cannot keep the answer, and what it is made of, for ever.
/// </summary>
/// <param name="patience">For one part. It does not run between parts: there may be nothing to send for days.</param>
/// <param name="gone">The client has gone, or the server goes.</param>
internal sealed class ReadingClient(TimeSpan patience, CancellationToken gone) : IDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(gone);

    /// <summary>Cancelled when the client takes too long, or has gone.</summary>
    public CancellationToken End => _end.Token;

    /// <exception cref="OperationCanceledException">The client takes too long, or has gone: the connection is to be aborted, so that no
    /// answer looks whole.</exception>
    public async ValueTask SendAsync(Func<CancellationToken, Task> send)
    {
        _end.CancelAfter(patience);
        await send(_end.Token);
        _end.Token.ThrowIfCancellationRequested();
        _end.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _end.Dispose();
}
