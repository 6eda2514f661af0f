using SockSort.Sql.Engine.Results;

namespace SockSort.Server.Ksql.Statements;

/// <summary>
/// A pull query's answer on its way to a client: counted while it lies in memory, which a client that does not read cannot keep for ever.
/// </summary>
internal sealed class ServedPull : IDisposable
{
    private readonly SharedEngine _shared;
    private readonly IDisposable _held;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _cutOff;

    /// <param name="shared">Counts it.</param>
    /// <param name="answer">What is sent.</param>
    /// <param name="gone">The client has gone.</param>
    public ServedPull(SharedEngine shared, RowsResult answer, CancellationToken gone)
    {
        (_shared, _held) = (shared, shared.Engine.Hold(answer));
        _end = CancellationTokenSource.CreateLinkedTokenSource(gone);
        _cutOff = shared.Log.Watch("a pull query's answer", _end.Token, gone);
    }

    /// <summary>For the next part of the answer: cancelled if the client takes nothing of it for too long.</summary>
    public CancellationToken NextPart()
    {
        _end.CancelAfter(_shared.Options.AnswerPatience);
        return _end.Token;
    }

    public void Dispose()
    {
        _cutOff.Dispose();
        _end.Dispose();
        _held.Dispose();
    }
}
