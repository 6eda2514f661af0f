using System.Text.Json;
using System.Text.Json.Serialization;
using SockSort.Log;
using SockSort.Sql.Engine.Connectors;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Engine.Statements;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Commands;

/// <summary>
/// Statements that outlive the process: what makes, changes or removes streams, tables, queries, types and connectors lies in a topic of
/// its own.
/// </summary>
/// <remarks>
/// It is what ksqlDB's command topic is: after a restart the statements are run again in order, each query under the id it had.
/// </remarks>
public sealed class CommandLog
{
    /// <summary>The topic of the statements. As all topics of the program's own it begins with an underscore.</summary>
    public const string Topic = OwnTopics.Commands;

    private readonly SqlEngine _engine;
    private readonly ILog _log;
    private readonly bool _keeps;
    private readonly SharedCommands? _shared;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Dictionary<string, int> _done = new(StringComparer.Ordinal);
    private readonly KeptConnectors _connectors = new();

    /// <param name="engine">Not started yet when <see cref="ReplayAsync"/> is called.</param>
    /// <param name="log">The log that the engine works on.</param>
    /// <param name="keeps">Whether what statements make outlives the process; else they are run and forgotten.</param>
    public CommandLog(SqlEngine engine, ILog log, bool keeps = true)
    {
        (_engine, _log, _keeps) = (engine, log, keeps);
        _shared = engine.IsShared ? new SharedCommands(log, RunSharedAsync, engine.NotFollowed) : null;
    }

    /// <summary>Whether several servers share the work: what one is told, all do.</summary>
    public bool IsShared => _shared is not null;

    /// <summary>
    /// Runs the statements of earlier runs again. Of connectors only those that are left in the end are started: no broker is touched for
    /// one that was dropped.
    /// </summary>
    /// <returns>
    /// The number of statements run, and a message for each that this version of the program refuses, or whose query had to be rebuilt.
    /// </returns>
    public async Task<(int Statements, IReadOnlyList<string> Problems)> ReplayAsync(CancellationToken cancellation)
    {
        _log.EnsureTopic(Topic);
        var (count, problems) = (0, new List<string>());
        _engine.BeginReplay();
        var records = _log.Batches(Topic, partition: 0, from: 0).SelectMany(records => records)
            .Where(record => record.Value is not null).ToList();
        var refused = records.Select(record => TryParse(record)?.Refused).OfType<long>().ToHashSet();
        foreach (var record in records.Where(record => !refused.Contains(record.Offset) && TryParse(record)?.Refused is null))
        {
            count++;
            await RunAgainAsync(record, problems, cancellation);
        }
        problems.AddRange(_engine.EndReplay());
        problems.AddRange(await _engine.RestoreAsync(_connectors.Left, cancellation));
        _shared?.Begin(records.Count == 0 ? 0 : records[^1].Offset + 1, _engine.Ending);
        return (count, problems);
    }

    /// <summary>Runs a statement, and keeps it where it changes what exists.</summary>
    /// <exception cref="SqlException">It is wrong or cannot be done; nothing is kept.</exception>
    /// <exception cref="LogException">The log cannot be written.</exception>
    public async Task<StatementResult> ExecuteAsync(Statement statement, SqlSession session, CancellationToken cancellation)
    {
        var result = await ExecuteLaterAsync(statement, session, cancellation);
        Commit();
        return result;
    }

    /// <summary>Stores what <see cref="ExecuteLaterAsync"/> has run.</summary>
    /// <exception cref="LogException">The log cannot be written; it is tried again.</exception>
    public void Commit() => _engine.Commit();

    /// <summary>
    /// As <see cref="ExecuteAsync"/>, but durable with the next <see cref="Commit"/> at the latest: the statements of a script wait for the
    /// disk once.
    /// </summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public async Task<StatementResult> ExecuteLaterAsync(Statement statement, SqlSession session, CancellationToken cancellation)
    {
        if (!_keeps || !IsKept(statement))
            return await _engine.ExecuteAsync(statement, session, cancellation);
        if (_shared is not null)
            return await ExecuteSharedAsync(statement, session, isIfAbsent: false, cancellation);
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (IsOfConnector(statement))
                return await _engine.ExecuteAsync(statement, session, () => Keep(statement, session), cancellation);
            // With what it makes, in one transaction: neither is without the other.
            var result = await _engine.ExecuteAsync(
                statement, session, result => KeptWith(statement, session, result as MessageResult), commits: false, cancellation);
            CountDone(statement);
            return result;
        }
        finally
        {
            _ = _oneAtATime.Release();
        }
    }

    /// <summary>
    /// Has all servers that share their work run a statement, where they do not have what it makes: several may be started with one script.
    /// </summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    internal Task<StatementResult> MakeAsync(Statement statement, SqlSession session, CancellationToken cancellation) =>
        _shared is null || !IsKept(statement)
            ? ExecuteLaterAsync(statement, session, cancellation)
            : ExecuteSharedAsync(statement, session, isIfAbsent: true, cancellation);

    /// <summary>Whether servers that share their work pass a statement of a script over: each of them would do it.</summary>
    internal bool PassesOver(Statement statement) => IsShared && (IsOfConnector(statement) || statement is InsertValues);

    private Task<StatementResult> ExecuteSharedAsync(
        Statement statement, SqlSession session, bool isIfAbsent, CancellationToken cancellation) => IsOfConnector(statement)
            ? throw SharedErrors.Connector(statement.Span)
            : _shared!.ExecuteAsync(CommandOf(statement, session, queryId: null) with { IsIfAbsent = isIfAbsent }, cancellation);

    private async Task<StatementResult> RunSharedAsync(Command command, long offset, CancellationToken cancellation)
    {
        var statement = StatementOf(command, offset, command.Session());
        if (command.IsIfAbsent && IsPresent(statement))
            return new MessageResult("");
        var result = await _engine.ExecuteAsync(
            statement, command.Session(offset), beside: null, commits: false, cancellation);
        CountDone(statement);
        return result;
    }

    /// <summary>Keeps that a connector has other settings, with which it is brought back at the next start.</summary>
    /// <param name="statement">Makes a connector of the name with those settings.</param>
    /// <param name="replaceAsync">
    /// Gives the connector its settings; calls what it is given when nothing can be wrong any more, before anything is changed.
    /// </param>
    /// <exception cref="LogException">The log cannot be written.</exception>
    public async Task ReplaceConnectorAsync(
        CreateConnector statement, Func<Action, Task> replaceAsync, CancellationToken cancellation)
    {
        if (IsShared)
            throw SharedErrors.Connector(statement.Span);
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            await replaceAsync(() => Keep(statement, new SqlSession()));
        }
        finally
        {
            _ = _oneAtATime.Release();
        }
    }

    /// <summary>Inserts rows and records that they have been inserted, both or neither.</summary>
    /// <exception cref="SqlException">The values do not fit the columns.</exception>
    /// <exception cref="LogException">The log cannot be written.</exception>
    public StatementResult InsertOnce(InsertValues statement, SqlSession session)
    {
        _engine.Commit();
        var (topic, record) = _engine.RecordOf(statement);
        var kept = RecordOf(statement, session, queryId: null);
        _ = _log.Commit(new LogCommit { Appends = [new(topic, 0, [record]), new(Topic, 0, [kept])] });
        CountDone(statement);
        return new MessageResult("");
    }

    /// <summary>How often <see cref="InsertOnce"/> has inserted rows by this very text.</summary>
    public int TimesInserted(InsertValues statement) => _done.GetValueOrDefault(OneLine(statement));

    /// <summary>Whether the object that the statement makes exists, made by the very same text.</summary>
    public bool IsPresent(Statement statement)
    {
        var (text, now) = (OneLine(statement), _engine.Snapshot());
        return statement switch
        {
            CreateSource create => now.Source(create.Name) is { } source && SqlPrinter.OneLine(source.Sql) == text,
            CreateAsSelect create => now.Source(create.Name) is { } source && SqlPrinter.OneLine(source.Sql) == text,
            InsertSelect => now.Queries.Any(query => query.Sink is not null && SqlPrinter.OneLine(query.Sql) == text),
            CreateType create => _engine.Catalog.Types.ContainsKey(create.Name) && _done.ContainsKey(text),
            CreateConnector create => _connectors.Has(create),
            _ => false,
        };
    }

    /// <summary>Whether there is a connector of that name.</summary>
    internal bool HasConnector(string name) => _connectors.Find(name) is not null;

    /// <inheritdoc cref="SqlEngine.EndScriptAsync"/>
    internal Task<IReadOnlyList<(string Connector, string Note)>> EndScriptAsync(SqlSession session, CancellationToken cancellation) =>
        _engine.EndScriptAsync(session, cancellation);

    private void Keep(Statement statement, SqlSession session)
    {
        if (_keeps)
            _ = _log.Append(Topic, [RecordOf(statement, session, queryId: null)]);
        _connectors.Apply(statement);
    }

    /// <returns>Null for the end of a push query: it would not be there at the next start anyway.</returns>
    private static TopicAppend? KeptWith(Statement statement, SqlSession session, MessageResult? result) =>
        result is { EndedPushQuery: true } ? null : new(Topic, 0, [RecordOf(statement, session, result?.QueryId)]);

    private static NewRecord RecordOf(Statement statement, SqlSession session, string? queryId) =>
        RecordOf(CommandOf(statement, session, queryId));

    private static Command CommandOf(Statement statement, SqlSession session, string? queryId) =>
        new(statement.Span.Text, new(session.Properties), new(session.Variables), queryId, IsDone: statement is InsertValues);

    internal static NewRecord RecordOf(Command command) => new(
        Key: null, JsonSerializer.SerializeToUtf8Bytes(command, CommandJson.Default.Command),
        DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    /// <exception cref="JsonException">The record is no statement of this program.</exception>
    internal static Command Parse(LogRecord record)
    {
        var command = record.Value is { } value ? JsonSerializer.Deserialize(value.Span, CommandJson.Default.Command) : null;
        return command is { Statement: not null, Properties: not null, Variables: not null }
            ? command
            : throw new JsonException($"{Topic}, offset {record.Offset}: no statement of this program");
    }

    private static Command? TryParse(LogRecord record)
    {
        try
        {
            return Parse(record);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Statement StatementOf(Command command, long offset, SqlSession session) =>
        SqlParser.Parse(new SourceText($"{Topic}, offset {offset}", command.Statement), session.Variables)[0];

    internal static string OneLine(Statement statement) => SqlPrinter.OneLine(statement.Span.Text);

    private void CountDone(Statement statement)
    {
        var text = OneLine(statement);
        _done[text] = _done.GetValueOrDefault(text) + 1;
    }

    private static bool IsOfConnector(Statement statement) => statement.Is(StatementTraits.OfConnector | StatementTraits.Lasts);

    /// <summary>A client's own query is gone before the next start: what was done to it is not kept.</summary>
    private static bool IsKept(Statement statement)
    {
        var isOfClient = statement is ControlQuery { QueryId: { } id } && EngineCore.IsOfClient(id);
        return statement.Is(StatementTraits.Lasts) && !isOfClient;
    }

    private async Task RunAgainAsync(LogRecord record, List<string> problems, CancellationToken cancellation)
    {
        try
        {
            var command = Parse(record);
            if (_shared is { } shared && !shared.IsNew(command))
                return;
            var session = command.Session(IsShared ? record.Offset : null);
            var statement = StatementOf(command, record.Offset, session);
            if (command.IsIfAbsent && IsPresent(statement))
                return;
            if (IsOfConnector(statement))
            {
                if (IsShared)
                    throw SharedErrors.Connector(statement.Span);
                _connectors.Apply(statement);
                return;
            }
            CountDone(statement);
            if (!command.IsDone)
                _ = await _engine.ExecuteAsync(statement, session, cancellation);
        }
        catch (Exception error) when (error is SqlException or JsonException or LogException { IsRequest: true })
        {
            problems.Add($"a statement of an earlier run is left out: {error.Message}");
        }
    }

    /// <param name="Statement">The statement's text.</param>
    /// <param name="Properties">The properties that were set when the statement was run.</param>
    /// <param name="Variables">The variables that were defined when the statement was run.</param>
    /// <param name="QueryId">The id of the query that the statement started.</param>
    /// <param name="IsDone">Whether the statement has put rows into a topic, and must not be run again.</param>
    internal sealed record Command(
        string Statement, Dictionary<string, string> Properties, Dictionary<string, string> Variables, string? QueryId, bool IsDone)
    {
        /// <summary>Tells one of servers that share their work from another of the same text; null where one server does all.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Id { get; init; }

        /// <summary>Whether it is passed over where there is what it makes.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsIfAbsent { get; init; }

        /// <summary>Of a record that holds no statement: the offset of one that was refused. Null for a statement.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public long? Refused { get; init; }

        public static Command Refusing(long offset) => new("", [], [], QueryId: null, IsDone: true) { Refused = offset };

        /// <param name="number">Ends the id of the query that it starts; null where the command names it.</param>
        public SqlSession Session(long? number = null)
        {
            var session = new SqlSession { NextQueryId = QueryId, NextQueryNumber = QueryId is null ? number : null };
            foreach (var (name, value) in Properties)
                session.SetProperty(name, value);
            foreach (var (name, value) in Variables)
                session.SetVariable(name, value);
            return session;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CommandLog.Command))]
internal sealed partial class CommandJson : JsonSerializerContext;
