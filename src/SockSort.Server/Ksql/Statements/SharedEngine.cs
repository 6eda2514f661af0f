using System.Collections.Concurrent;
using SockSort.Server.Ksql.Hosting;
using SockSort.Server.Ksql.Requests;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Commands;

namespace SockSort.Server.Ksql.Statements;

/// <summary>The engine with what the server counts: statements in order, push queries by id.</summary>
internal sealed class SharedEngine(SqlEngine engine, CommandLog commands, KsqlServerOptions options, ServerLog log)
{
    private readonly ConcurrentDictionary<string, PushQuery> _pushes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Status, string Message)> _commands = new(StringComparer.Ordinal);
    private long _sequence = -1;

    // A client's own loop must not fill the memory with statuses that nobody asks for.
    private const int MostCommands = 10_000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(5);

    public SqlEngine Engine => engine;

    /// <summary>Through which statements are run that are to outlive the process.</summary>
    public CommandLog CommandLog => commands;

    public KsqlServerOptions Options => options;

    /// <summary>Where is logged what happens to clients.</summary>
    public ServerLog Log => log;

    /// <summary>Number of the newest statement that changed something; -1 for none.</summary>
    public long Sequence => Interlocked.Read(ref _sequence);

    /// <summary>Outcomes by command id: <c>stream/PAGES/create</c>.</summary>
    public IReadOnlyDictionary<string, (string Status, string Message)> Commands => _commands;

    /// <summary>Notes that a statement has changed something.</summary>
    /// <returns>Its number.</returns>
    public long Note(string commandId, string message)
    {
        if (_commands.Count >= MostCommands)
            _commands.Clear();
        _commands[commandId] = ("SUCCESS", message);
        return Interlocked.Increment(ref _sequence);
    }

    /// <summary>Waits until the statement of that number has been run; statements of other requests may be under way.</summary>
    /// <exception cref="RestException">503: it has not been within five seconds, ksqlDB's own default.</exception>
    public async Task WaitForAsync(long number, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; Sequence < number; waited += Look)
        {
            if (waited >= CatchUp)
                throw RestErrors.CatchUpTimeout(number);
            await Task.Delay(Look, cancellation);
        }
    }

    /// <exception cref="RestException">400: too many run.</exception>
    public void Add(PushQuery query)
    {
        if (_pushes.Count >= options.MostPushQueries)
            throw RestErrors.TooManyQueries(options.MostPushQueries);
        _pushes[query.Id] = query;
    }

    public void Remove(PushQuery query) => _pushes.TryRemove(query.Id, out _);

    /// <summary>Ends a push query; its client is told so.</summary>
    /// <returns>False where there is none of that id.</returns>
    public async Task<bool> CloseAsync(string id)
    {
        if (!_pushes.TryRemove(id, out var query))
            return false;
        await query.DisposeAsync();
        return true;
    }
}
