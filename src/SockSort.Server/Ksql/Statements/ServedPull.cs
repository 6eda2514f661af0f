using SockSort.Sql.Engine;

namespace SockSort.Server.Ksql.Statements;

/// <summary>
/// A pull query's answer on its way to a client: counted while it lies in memory, which a client that does not read cannot keep for ever.
/// </summary>
/// <param name="shared">Counts it.</param>
/// <param name="answer">What is sent.</param>
/// <param name="gone">The client has gone.</param>
internal sealed class ServedPull(SharedEngine shared, RowsResult answer, CancellationToken gone) : IDisposable
{
    private readonly IDisposable _held = shared.Engine.Hold(answer);
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(gone);

    /// <summary>For the next part of the answer: cancelled if the client takes nothing of it for too long.</summary>
    public CancellationToken NextPart()
    {
        _end.CancelAfter(shared.Options.AnswerPatience);
        return _end.Token;
    }

    public void Dispose()
    {
        _end.Dispose();
        _held.Dispose();
    }
}
