using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.BuiltIn;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Connectors;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Pull;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Engine.Statements;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine;

/// <summary>
/// Runs statements and keeps queries going. Statements may come from any thread; queries run on one thread of the engine's own after
/// <see cref="Start"/>, or step by step with <see cref="RunUntilIdle"/>.
/// </summary>
public sealed class SqlEngine : IAsyncDisposable
{
    // How often windows are closed by the wall clock, and how long the engine sleeps at most when nobody wakes it.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly EngineCore _core;
    private readonly SourceStatements _sources;
    private readonly InsertStatements _inserts;
    private readonly QueryStatements _queries;
    private readonly ListStatements _lists;
    private Task? _loop;

    /// <param name="log">Owned by the caller.</param>
    public SqlEngine(ILog log, SqlEngineOptions? options = null)
    {
        options ??= new();
        _core = new(log, options, (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<SqlEngine>());
        _sources = new(_core);
        _inserts = new(_core);
        _queries = new(_core);
        _lists = new(_core);
        log.Appended += Wake;
        if (log.Share is { } share)
            share.Changed += WakeUp;
    }

    /// <summary>The streams and tables; read it between statements.</summary>
    public MetaStore Catalog => _core.Meta;

    /// <summary>Starts the engine's thread.</summary>
    public void Start()
    {
        if (_loop is not null)
            return;
        if (_core.Shared is not null)
            _core.Log.Share!.Join();
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Whether several servers share the work on partitions.</summary>
    internal bool IsShared => _core.Shared is not null;

    /// <summary>Logs that a statement of another server is not carried out here.</summary>
    internal void NotFollowed(string problem) => _core.Events.NotFollowed(problem);

    /// <summary>Cancelled when the engine ends.</summary>
    internal CancellationToken Ending => _stop.Token;

    /// <summary>Starts a query of the program's own, or goes on with what is kept of it; before <see cref="Start"/>.</summary>
    /// <exception cref="SqlException">A SELECT of it is wrong, or a stream or table is not there.</exception>
    /// <exception cref="LogException">The log cannot be written.</exception>
    public void StartBuiltIn(BuiltInQuery query)
    {
        lock (_gate)
        {
            _core.Scheduler.CommitStatement();
            _ = new BuiltInQueries(_core).Start(query);
        }
    }

    /// <summary>Runs one statement.</summary>
    /// <exception cref="SqlException">The statement is wrong or cannot be done.</exception>
    /// <exception cref="LogException">The log cannot be written.</exception>
    public Task<StatementResult> ExecuteAsync(Statement statement, SqlSession session, CancellationToken cancellation = default) =>
        ExecuteAsync(statement, session, beside: null, commits: true, cancellation);

    /// <inheritdoc cref="ExecuteAsync(Statement, SqlSession, CancellationToken)"/>
    /// <param name="statement">The statement to run.</param>
    /// <param name="session">The session whose properties and variables hold.</param>
    /// <param name="beside">
    /// A record that becomes durable together with what the statement makes, or null for none; while the log is in trouble such statements
    /// are not run. Not for connectors' statements.
    /// </param>
    /// <param name="commits">Whether it is durable on return; else with the next that is, or by <see cref="Commit"/>.</param>
    /// <param name="cancellation">Ends waiting for connectors and assertions.</param>
    internal async Task<StatementResult> ExecuteAsync(
        Statement statement, SqlSession session, Func<StatementResult, TopicAppend?>? beside, bool commits, CancellationToken cancellation)
    {
        switch (statement)
        {
            case CreateConnector or DropConnector or ControlConnector or ListStatement
            {
                Kind: ListKind.Connectors or ListKind.ConnectorPlugins,
            } or DescribeStatement
            {
                Kind: DescribeKind.Connector,
            }:
                return await ExecuteAsync(statement, session, keep: null, cancellation);
            case AssertTopic assert:
                return await _queries.AssertAsync(assert, cancellation);
            case QueryStatement { Query.Emit: null } pull:
                return await _core.Pulls.RunAsync(() => Plan(pull, session), cancellation);
            default:
                var result = Execute(statement, session, beside, commits);
                Wake("");
                return result;
        }
    }

    /// <summary>Runs a statement about connectors.</summary>
    /// <param name="statement">A statement about connectors.</param>
    /// <param name="session">Remembers the connectors that a script drops.</param>
    /// <param name="keep">Makes the statement durable when it has been carried out; not called where it changes nothing.</param>
    /// <param name="cancellation">Ends waiting for a broker.</param>
    internal Task<StatementResult> ExecuteAsync(Statement statement, SqlSession session, Action? keep, CancellationToken cancellation) =>
        new ConnectorStatements(_core.Options.Connectors, keep).ExecuteAsync(statement, session, cancellation);

    /// <summary>Lets brokers forget what they keep for connectors that the script has dropped and not created again.</summary>
    /// <returns>Notes for the user, by the connector's name.</returns>
    public async Task<IReadOnlyList<(string Connector, string Note)>> EndScriptAsync(
        SqlSession session, CancellationToken cancellation = default)
    {
        var notes = new List<(string, string)>();
        foreach (var dropped in session.Dropped)
        {
            if (await dropped.EndAsync(cancellation) is { } note)
                notes.Add((dropped.Name, note));
        }
        session.Dropped.Clear();
        return notes;
    }

    /// <summary>The connectors by name, as they are at this moment; empty where the engine runs none.</summary>
    public IReadOnlyList<ConnectorInfo> Connectors => _core.Options.Connectors?.List() ?? [];

    private PullQuery Plan(QueryStatement pull, SqlSession session)
    {
        lock (_gate)
        {
            CommitTopicsThatAreRead(pull);
            return _queries.Pull(pull, session);
        }
    }

    private StatementResult Execute(Statement statement, SqlSession session, Func<StatementResult, TopicAppend?>? beside, bool commits)
    {
        lock (_gate)
        {
            if (beside is not null && _core.Scheduler.Trouble is { } trouble)
                throw new LogException(LogErrorKind.Storage, $"{trouble.Problem}; the statement was not run");
            CommitTopicsThatAreRead(statement);
            var result = Execute(statement, session);
            if (beside?.Invoke(result) is { } append)
                _core.Scheduler.Writes.Write(append.Topic, append.Records[0]);
            // Where a query begins is kept before anybody is told that it runs.
            if (commits && ChangesWhatExists(statement))
                _core.Scheduler.CommitStatement();
            return result;
        }
    }

    /// <summary>Commits the topics that earlier statements have made before a statement that reads or writes topics.</summary>
    private void CommitTopicsThatAreRead(Statement statement)
    {
        if (!ChangesWhatExists(statement) && _core.Scheduler.Writes.Topics.Count > 0)
            _core.Scheduler.CommitStatement();
    }

    /// <summary>Stores what statements have made that do not commit by themselves.</summary>
    /// <exception cref="LogException">The log cannot be written; it is tried again.</exception>
    internal void Commit()
    {
        lock (_gate)
            _core.Scheduler.CommitStatement();
    }

    /// <summary>Processes all there is to read, and what that writes, on the caller's thread; for engines that are not started.</summary>
    /// <exception cref="SqlException">A query failed on a record (the first to fail).</exception>
    /// <exception cref="LogException">The log cannot be read or written.</exception>
    public void RunUntilIdle()
    {
        lock (_gate)
        {
            _core.Shared?.Follow();
            while (_core.Scheduler.Round())
                _core.Shared?.Follow();
            // Who shares may have lost partitions, and goes on with the next call.
            if (_core.Shared is null && _core.Scheduler.Trouble is { } trouble)
                throw new LogException(LogErrorKind.Storage, trouble.Problem);
            if (_core.Scheduler.Queries.FirstOrDefault(query => query.Failure is not null) is { } failed)
                throw failed.Failure as SqlException ?? QueryErrors.RecordFailed(failed.Id, 0, failed.Failure!);
        }
    }

    /// <summary>
    /// Closes windows by the wall clock now, and ends push queries whose clients are stuck; the engine's thread does so by itself.
    /// </summary>
    public void AdvanceTime()
    {
        lock (_gate)
            OnTick();
    }

    /// <summary>Says what exists now.</summary>
    public EngineSnapshot Snapshot()
    {
        lock (_gate)
            return SnapshotMaker.Of(_core);
    }

    /// <inheritdoc cref="InsertStatements.RecordOf"/>
    internal (string Topic, NewRecord Record) RecordOf(InsertValues statement)
    {
        lock (_gate)
            return _inserts.RecordOf(statement, _core.Options.Time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <inheritdoc cref="InsertStatements.RecordOf"/>
    public (string Topic, NewRecord Record) RecordOf(InsertValues statement, long nowMs)
    {
        lock (_gate)
            return _inserts.RecordOf(statement, nowMs);
    }

    /// <summary>The row as it would lie in the source's topic, also of one that nobody may insert into: to compare with.</summary>
    /// <exception cref="SqlException">There is no such source, or a value does not fit.</exception>
    public ValuesRow RowOf(InsertValues statement)
    {
        lock (_gate)
            return ValuesRow.Of(statement, _core.Source(statement.Target, statement.NameSpan), _core);
    }

    /// <summary>Opens a stream or table for rows of a client.</summary>
    /// <exception cref="SqlException">There is no such source, or it is read only.</exception>
    public JsonInserts OpenInserts(string target)
    {
        lock (_gate)
            return new JsonInserts(_core.Source(target, SourceSpan.None), _core.Options.Time);
    }

    /// <summary>Appends rows of <see cref="OpenInserts"/>; durable when it returns.</summary>
    public void Append(JsonInserts inserts, IReadOnlyList<NewRecord> records) => _core.Append(inserts.Topic, records);

    /// <inheritdoc cref="EngineCore.BeginReplay"/>
    internal void BeginReplay()
    {
        lock (_gate)
            _core.BeginReplay();
    }

    /// <inheritdoc cref="EngineCore.EndReplay"/>
    internal IReadOnlyList<string> EndReplay()
    {
        lock (_gate)
            return _core.EndReplay();
    }

    /// <summary>Push queries that have been ended since their clients read too slowly.</summary>
    public long SlowClientsEnded
    {
        get
        {
            lock (_gate)
                return _core.Scheduler.SlowClientsEnded;
        }
    }

    /// <summary>Rough bytes of what is kept for pull queries, and of answers that are held.</summary>
    public long PullBytes => _core.Pulls.Bytes;

    /// <summary>
    /// Counts a pull query's answer to what its rows take in memory until it is disposed of: it may be long on its way to a client.
    /// </summary>
    public IDisposable Hold(RowsResult answer) => _core.Pulls.Hold(answer);

    /// <summary>Brings back the connectors that earlier runs have left; each touches its broker once.</summary>
    /// <returns>Notes for the user.</returns>
    internal async Task<IReadOnlyList<string>> RestoreAsync(IEnumerable<KeptConnector> kept, CancellationToken cancellation)
    {
        var notes = new List<string>();
        foreach (var (statement, isPaused) in kept)
        {
            if (_core.Options.Connectors is { } connectors)
                notes.AddRange(
                    await connectors.RestoreAsync(
                        statement.Name, statement.IsSource, ConnectorSettings.Of(statement), isPaused, cancellation));
            else
                notes.Add($"connector '{statement.Name}' of an earlier run is left out: "
                    + $"{ConnectorErrors.NoneHere(statement.NameSpan).Message}");
        }
        return notes;
    }

    /// <summary>The counters of each query, by id.</summary>
    public IReadOnlyDictionary<string, QueryMetrics> Metrics()
    {
        lock (_gate)
            return _core.Queries.ToDictionary(query => query.Id, query => query.Built.Metrics);
    }

    /// <summary>Rough bytes of state of each query, by id.</summary>
    public IReadOnlyDictionary<string, long> StateBytes()
    {
        lock (_gate)
            return _core.Queries.ToDictionary(query => query.Id, query => query.StateBytes);
    }

    /// <summary>Ends all queries and the engine's thread.</summary>
    public async ValueTask DisposeAsync()
    {
        _core.Log.Appended -= Wake;
        await _stop.CancelAsync();
        if (_loop is not null)
        {
            _ = _wake.Release();
            await _loop;
        }
        lock (_gate)
        {
            _ = _core.Scheduler.Commit();
            foreach (var query in _core.Queries.ToList())
                _core.Stop(query, forget: false);
            _core.Scheduler.Dispose();
        }
        if (_core.Log.Share is { } share)
        {
            share.Changed -= WakeUp;
            share.Leave();
        }
        _stop.Dispose();
        _wake.Dispose();
    }

    private StatementResult Execute(Statement statement, SqlSession session) => statement switch
    {
        CreateSource create => _sources.Create(create, session),
        CreateAsSelect create => _sources.CreateAs(create, session),
        InsertSelect insert => _inserts.Select(insert, session),
        InsertValues insert => _inserts.Values(insert, session),
        DropSource drop => _sources.Drop(drop),
        AlterSource alter => _sources.Alter(alter),
        CreateType create => _sources.CreateType(create),
        DropType drop => _sources.DropType(drop),
        QueryStatement push => _queries.Push(push, session, StopAsync),
        ControlQuery control => _queries.Control(control),
        PrintTopic print => _queries.Print(print),
        ExplainStatement explain => _queries.Explain(explain, session),
        ListStatement list => _lists.List(list, session),
        DescribeStatement describe => _lists.Describe(describe),
        SetProperty set => SettingStatements.Set(set, session),
        DefineVariable define => SettingStatements.Define(define, session),
        _ => throw new InvalidOperationException($"no way to run {statement.GetType().Name}"),
    };

    private static bool ChangesWhatExists(Statement statement) =>
        statement.Is(StatementTraits.Lasts) && !statement.Is(StatementTraits.OfConnector);

    private ValueTask StopAsync(PushQuery push)
    {
        lock (_gate)
        {
            if (_core.Scheduler.Queries.FirstOrDefault(query => query.Push == push) is { } query)
                _core.Stop(query, forget: false);
        }
        return ValueTask.CompletedTask;
    }

    private void WakeUp() => Wake("");

    private void Wake(string topic)
    {
        // One waiting wake-up is enough: a round reads all there is.
        if (_wake.CurrentCount == 0 && !_stop.IsCancellationRequested)
            _ = _wake.Release();
    }

    /// <remarks>A thread of its own, that waits by itself: what clients do with the pool's threads delays no query.</remarks>
    private void Loop()
    {
        var lastTick = _core.Options.Time.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            lock (_gate)
            {
                if (Turn(ref lastTick))
                    continue;
            }
            _ = _wake.Wait(Tick);
        }
    }

    /// <returns>False where there was nothing to do.</returns>
    private bool Turn(ref long lastTick)
    {
        try
        {
            _core.Shared?.Follow();
            var worked = _core.Scheduler.Round();
            if (_core.Options.Time.GetElapsedTime(lastTick) >= Tick)
            {
                lastTick = _core.Options.Time.GetTimestamp();
                OnTick();
            }
            return worked;
        }
        catch (Exception error)
        {
            _core.Scheduler.FailAll(error);
            return false;
        }
    }

    /// <summary>Tells the queries what time it is, ends those whose clients are stuck, and logs what was lost.</summary>
    private void OnTick()
    {
        if (_core.Options.Clock == SqlClock.Wall)
            _core.Scheduler.AdvanceTime();
        _core.Scheduler.EndStuck(_core.Options.PushPatience);
        _core.Scheduler.LogLosses();
    }
}
