using SockSort.Sql.Engine.Clients;

namespace SockSort.Server.Ksql.Statements;

/// <summary>
/// A push query while its rows are sent: it is counted among the running ones, and a client that does not read cannot delay its end.
/// </summary>
internal sealed class ServedPush : IDisposable
{
    private readonly SharedEngine _shared;
    private readonly PushQuery _query;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _failed;
    private readonly CancellationTokenRegistration _cutOff;

    /// <param name="shared">Counts the query.</param>
    /// <param name="query">The query, which the caller owns.</param>
    /// <param name="gone">Cancelled when the client disconnects or the server stops.</param>
    /// <exception cref="Requests.RestException">400: too many push queries are running.</exception>
    public ServedPush(SharedEngine shared, PushQuery query, CancellationToken gone)
    {
        shared.Add(query);
        (_shared, _query, _end) = (shared, query, CancellationTokenSource.CreateLinkedTokenSource(gone));
        _failed = query.Failed.Register(() => _end.CancelAfter(shared.Options.EndTimeout));
        _cutOff = shared.Log.Watch($"rows of query {query.Id}", _end.Token, gone);
    }

    /// <summary>Cancelled when nothing more can be sent.</summary>
    public CancellationToken Ended => _end.Token;

    public void Dispose()
    {
        _shared.Remove(_query);
        _failed.Dispose();
        _cutOff.Dispose();
        _end.Dispose();
    }
}
