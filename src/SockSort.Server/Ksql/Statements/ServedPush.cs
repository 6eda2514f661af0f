using SockSort.Sql.Engine.Clients;

namespace SockSort.Server.Ksql.Statements;

/// <summary>
/// A push query while its rows go to a client: it is among those that run, and has an end that a client who does not read cannot put off.
/// </summary>
internal sealed class ServedPush : IDisposable
{
    private readonly SharedEngine _shared;
    private readonly PushQuery _query;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _failed;
    private readonly CancellationTokenRegistration _cutOff;

    /// <param name="shared">Counts it.</param>
    /// <param name="query">Stays the caller's.</param>
    /// <param name="gone">The client has gone, or the server goes.</param>
    /// <exception cref="Requests.RestException">400: too many run.</exception>
    public ServedPush(SharedEngine shared, PushQuery query, CancellationToken gone)
    {
        shared.Add(query);
        (_shared, _query, _end) = (shared, query, CancellationTokenSource.CreateLinkedTokenSource(gone));
        _failed = query.Failed.Register(() => _end.CancelAfter(shared.Options.LastWords));
        _cutOff = shared.Log.Watch($"rows of query {query.Id}", _end.Token, gone);
    }

    /// <summary>Nothing more can be sent.</summary>
    public CancellationToken Ended => _end.Token;

    public void Dispose()
    {
        _shared.Remove(_query);
        _failed.Dispose();
        _cutOff.Dispose();
        _end.Dispose();
    }
}
