using SockSort.Sql.Engine.Results;

namespace SockSort.Server.Ksql.Statements;

/// <summary>
/// A pull query's answer while it is sent: it is counted while it is in memory, and a client that does not read it is cut off.
/// </summary>
internal sealed class ServedPull : IDisposable
{
    private readonly SharedEngine _shared;
    private readonly IDisposable _held;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _cutOff;

    /// <param name="shared">Counts the answer.</param>
    /// <param name="answer">The rows to send.</param>
    /// <param name="gone">Cancelled when the client disconnects.</param>
    public ServedPull(SharedEngine shared, RowsResult answer, CancellationToken gone)
    {
        (_shared, _held) = (shared, shared.Engine.Hold(answer));
        _end = CancellationTokenSource.CreateLinkedTokenSource(gone);
        _cutOff = shared.Log.Watch("a pull query's answer", _end.Token, gone);
    }

    /// <summary>
    /// Restarts the timeout for the next part of the answer; the token is cancelled if the client does not read it in time.
    /// </summary>
    public CancellationToken NextPart()
    {
        _end.CancelAfter(_shared.Options.SendTimeout);
        return _end.Token;
    }

    public void Dispose()
    {
        _cutOff.Dispose();
        _end.Dispose();
        _held.Dispose();
    }
}
