using System.Collections.Concurrent;
using SockSort.Server.Ksql.Hosting;
using SockSort.Server.Ksql.Requests;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Commands;

namespace SockSort.Server.Ksql.Statements;

/// <summary>The engine, together with what the server tracks: command numbers and outcomes, and push queries by id.</summary>
internal sealed class SharedEngine(SqlEngine engine, CommandLog commands, KsqlServerOptions options, ServerLog log)
{
    private readonly ConcurrentDictionary<string, PushQuery> _pushes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Status, string Message)> _commands = new(StringComparer.Ordinal);
    private long _sequence = -1;

    // A client's loop must not fill the memory with command statuses that nobody queries.
    private const int MostCommands = 10_000;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CatchUpTimeout = TimeSpan.FromSeconds(5);

    public SqlEngine Engine => engine;

    /// <summary>Runs and stores the statements that outlive the process.</summary>
    public CommandLog CommandLog => commands;

    public KsqlServerOptions Options => options;

    /// <summary>Logs events about clients.</summary>
    public ServerLog Log => log;

    /// <summary>The sequence number of the last command; -1 for none.</summary>
    public long Sequence => Interlocked.Read(ref _sequence);

    /// <summary>The outcomes of commands by id: <c>stream/PAGES/create</c>.</summary>
    public IReadOnlyDictionary<string, (string Status, string Message)> Commands => _commands;

    /// <summary>Stores the outcome of a command.</summary>
    /// <returns>The command's sequence number.</returns>
    public long RecordOutcome(string commandId, string message)
    {
        if (_commands.Count >= MostCommands)
            _commands.Clear();
        _commands[commandId] = ("SUCCESS", message);
        return Interlocked.Increment(ref _sequence);
    }

    /// <summary>Waits until the command with that sequence number has been executed, perhaps by another request.</summary>
    /// <exception cref="RestException">503: that took more than five seconds, ksqlDB's own default.</exception>
    public async Task WaitForAsync(long number, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; Sequence < number; waited += PollInterval)
        {
            if (waited >= CatchUpTimeout)
                throw RestErrors.CatchUpTimeout(number);
            await Task.Delay(PollInterval, cancellation);
        }
    }

    /// <exception cref="RestException">400: too many push queries are running.</exception>
    public void Add(PushQuery query)
    {
        if (_pushes.Count >= options.MostPushQueries)
            throw RestErrors.TooManyQueries(options.MostPushQueries);
        _pushes[query.Id] = query;
    }

    public void Remove(PushQuery query) => _pushes.TryRemove(query.Id, out _);

    /// <summary>Ends a push query and notifies its client.</summary>
    /// <returns>False if there is no query of that id.</returns>
    public async Task<bool> CloseAsync(string id)
    {
        if (!_pushes.TryRemove(id, out var query))
            return false;
        await query.DisposeAsync();
        return true;
    }
}
