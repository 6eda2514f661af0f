using Microsoft.Extensions.Logging;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Pull;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Scheduling;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Formats;
using SockSort.Sql.Functions;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Statements;

/// <summary>What statements work on: the catalog, the topics and the running queries. Used under the engine's lock only.</summary>
internal sealed class EngineCore
{
    /// <summary>Prefix of the ids of clients' queries.</summary>
    private const string TransientPrefix = "transient_";

    // ksqlDB's for a push query that joins its source's query: with ksql.query.push.v2.enabled, of what a query writes.
    private const string ScalablePrefix = "SCALABLE_PUSH_QUERY_";

    private readonly FunctionContext _context;
    private int _nextQuery;
    private int _nextTransient;
    private bool _isReplaying;

    /// <param name="log">Owned by the caller.</param>
    /// <param name="options">The engine's options.</param>
    /// <param name="logger">Logs what becomes of queries.</param>
    public EngineCore(ILog log, SqlEngineOptions options, ILogger logger)
    {
        Log = log;
        Options = options;
        Memory = new(options.MaxStateBytes);
        Pulls = new(log, Memory, options.Time, options.PullPatience);
        Events = new(logger, options.Time);
        Placer = new(log) { KeepsOneOrder = options.KeepsOneOrder };
        Scheduler = new(log, Placer, options, new(Memory, Pulls, options.Time), Events);
        Shared = options.KeepsState && log.Share is { } share ? new(this, share) : null;
        // Pull queries run beside the others.
        _context = new(options.Time, Random.Shared);
    }

    public ILog Log { get; }

    public SqlEngineOptions Options { get; }

    /// <summary>Divides records among the partitions of their topics. For any thread.</summary>
    public RecordPlacer Placer { get; }

    public MetaStore Meta { get; } = new();

    public QueryScheduler Scheduler { get; }

    /// <summary>Runs pull queries. For any thread.</summary>
    public PullRunner Pulls { get; }

    public StateMemory Memory { get; }

    /// <summary>Works on the partitions that are this server's own; null where it works on all.</summary>
    public SharedQueries? Shared { get; }

    /// <summary>Logs what becomes of queries.</summary>
    public EngineLog Events { get; }

    /// <summary>Whether statements of earlier runs are run again: what they make and end is not news.</summary>
    public bool IsReplaying => _isReplaying;

    /// <summary>The queries, without the work on their single partitions.</summary>
    public IEnumerable<RunningQuery> Queries => Scheduler.Queries.Where(query => query.Whole is null);

    public IEnumerable<RunningQuery> PersistentQueries => Queries.Where(query => query.Sink is not null);

    /// <summary>Whether an id is that of a client's query.</summary>
    public static bool IsOfClient(string id) => id.StartsWith(TransientPrefix, StringComparison.OrdinalIgnoreCase)
        || id.StartsWith(ScalablePrefix, StringComparison.OrdinalIgnoreCase);

    public PlannedQuery Plan(Query query, SinkRequest? sink, SqlSession session)
    {
        if (session.IsOff(EngineProperties.Lambdas) && query.FirstLambda() is { } lambda)
            throw SettingErrors.SwitchedOff("a lambda", EngineProperties.Lambdas, lambda);
        var planner = new QueryPlanner(Meta, Options.Functions, session.Properties, session.IsOn(EngineProperties.NewPlanner));
        var plan = planner.Plan(query, sink);
        // While statements run again it may be another topic.
        if (!_isReplaying)
            new JoinedPartitions(plan, PartitionsOf).Check();
        return plan;
    }

    public string NextQueryId(string prefix, string name, SqlSession session)
    {
        if (session.NextQueryNumber is { } numbered)
            return $"{prefix}{(name.Length > 0 ? "_" : "")}{name}_{numbered}";
        if (session.NextQueryId is not { } given)
            return $"{prefix}{(name.Length > 0 ? "_" : "")}{name}_{_nextQuery++}";
        session.NextQueryId = null;
        if (int.TryParse(given.AsSpan(given.LastIndexOf('_') + 1), System.Globalization.CultureInfo.InvariantCulture, out var number))
            _nextQuery = Math.Max(_nextQuery, number + 1);
        return given;
    }

    public FunctionContext FunctionContext => _context;

    public QueryBuilder Builder(QueryMetrics metrics, SqlSession session) =>
        new(_context, metrics, Options.Clock == SqlClock.Stream, session.IsOn(EngineProperties.ThrowOnInvalidTimestamp));

    /// <summary>Starts a query that writes into a stream or table.</summary>
    public RunningQuery StartPersistent(string id, string sql, PlannedQuery plan, DataSource sink, SqlSession session)
    {
        var metrics = new QueryMetrics();
        var writer = Sink(sink, plan.KeyOrder, session, metrics);
        var built = Builder(metrics, session).Build(plan.Root, writer);
        if (Shared is not null)
        {
            var whole = new RunningQuery(id, sql, sink.Name, plan, built, push: null) { Output = new(sink.Topic, []), Log = Events };
            return StartShared(whole, sink, session);
        }
        var letters = Options.KeepsState ? new DeadLetters(Scheduler.Writes, id, metrics) : null;
        foreach (var source in built.Sources)
            source.DeadLetters = letters;
        var start = new RunningQuery(id, sql, sink.Name, plan, built, push: null)
        {
            Output = new(sink.Topic, EndsOf(sink.Topic)),
            Writer = writer,
            DeadLetters = letters,
            Log = Events,
        };
        var query = Start(start, session);
        if (!_isReplaying)
            Events.Created(query);
        return query;
    }

    private RunningQuery StartShared(RunningQuery whole, DataSource sink, SqlSession session)
    {
        Shared!.Start(whole, sink, session);
        if (!_isReplaying)
            Events.Created(whole);
        return whole;
    }

    /// <summary>Starts a query of the program's own.</summary>
    public RunningQuery StartBuiltIn(RunningQuery built, SqlSession session)
    {
        var query = Start(built, session);
        Events.Restored(query);
        return query;
    }

    /// <summary>Starts a query whose rows go to a client.</summary>
    public PushQuery StartPush(PlannedQuery plan, string sql, SqlSession session, Func<PushQuery, ValueTask> stop)
    {
        var metrics = new QueryMetrics();
        var sources = string.Join('_', plan.Sources.Select(source => source.Source.Name));
        var prefix = IsScalable(plan, session) ? ScalablePrefix : TransientPrefix;
        var push = new PushQuery($"{prefix}{sources}_{_nextTransient++}", plan.Schema.Values, plan.Syntax.Limit, metrics, stop);
        var rows = new RowConverter(plan);
        var built = Builder(metrics, session).Build(plan.Root, new RowSink((ref Change change) =>
        {
            if (rows.Convert(ref change) is not { } row)
                return;
            push.Add(row);
            metrics.CountWritten();
        }));
        _ = Start(new(push.Id, sql, sink: null, plan, built, push) { Log = Events }, session);
        return push;
    }

    /// <param name="forget">
    /// Whether its stored state goes too, with the statement's commit: it was terminated, and did not only end with the process.
    /// </param>
    public void Stop(RunningQuery query, bool forget)
    {
        query.Push?.Complete();
        Scheduler.Remove(query);
        Shared?.Stop(query, forget && !_isReplaying);
        // While statements are run again, what is kept under the id belongs to a later one.
        if (!forget || query.Sink is null || _isReplaying)
            return;
        if (Options.KeepsState)
            Scheduler.Writes.Forget(query.Id);
        Events.Ended(query);
    }

    /// <summary>Creates a topic that a statement names, where it is absent, with the statement's commit.</summary>
    /// <param name="kept">How much of it is kept where it is created; null for everything.</param>
    /// <returns>Whether it is created.</returns>
    /// <exception cref="LogException">Name, number of partitions or retention are not allowed.</exception>
    public bool EnsureTopic(string topic, int? partitions, TopicRetention? kept)
    {
        if (PartitionsOf(topic) is not null)
            return false;
        var wanted = new NewTopic(topic, partitions ?? 1, kept);
        wanted.Check();
        Scheduler.Writes.Create(wanted);
        return true;
    }

    /// <summary>
    /// Removes a topic with its records; clients' queries that read it end. While statements are run again nothing is removed: what lies
    /// there belongs to a later one.
    /// </summary>
    public void DeleteTopic(string topic)
    {
        if (_isReplaying)
            return;
        var readers = Scheduler.Queries.Where(query => query.Push is not null && query.Subscriptions.Any(place => place.Topic == topic));
        foreach (var query in readers.ToList())
            Stop(query, forget: false);
        Scheduler.Delete(topic);
    }

    /// <summary>The number of a topic's partitions, also of one that the next commit creates; null where there is none.</summary>
    public int? PartitionsOf(string topic) =>
        Log.PartitionCountOf(topic) ?? Scheduler.Writes.Topics.FirstOrDefault(known => known.Name == topic)?.Partitions;

    /// <summary>Stores records in a topic, each in its key's partition.</summary>
    /// <exception cref="LogException">Nothing was stored.</exception>
    public void Append(string topic, IReadOnlyList<NewRecord> records) =>
        _ = Log.Commit(new LogCommit { Appends = Placer.Place(topic, records) });

    public DataSource Source(string name, SourceSpan at) => Meta.Get(name, at);

    public SourceDefaults Defaults(SqlSession session) => new(
        Format(session.Properties.GetValueOrDefault(EngineProperties.KeyFormat)) ?? FormatKind.Kafka,
        Format(session.Properties.GetValueOrDefault(EngineProperties.ValueFormat)),
        !string.Equals(
            session.Properties.GetValueOrDefault(EngineProperties.WrapSingleValues), "false", StringComparison.OrdinalIgnoreCase),
        session.Properties.GetValueOrDefault(EngineProperties.TopicPrefix, ""));

    /// <summary>The state that others see: while nothing can be stored or read, running queries are in error.</summary>
    public QueryState StateOf(RunningQuery query) =>
        query.State == QueryState.Running && Scheduler.Trouble is not null ? QueryState.Error : query.State;

    /// <summary>Counts the records that a query has not read yet.</summary>
    public long LagOf(IEnumerable<Subscription> places) =>
        places.Sum(place => Math.Max(0, Log.EndOffset(place.Topic, place.Partition) - place.Next));

    /// <summary>The ends of a topic's partitions; zeros for one that the next commit creates.</summary>
    private long[] EndsOf(string topic)
    {
        var isThere = Log.PartitionCountOf(topic) is not null;
        return [.. Enumerable.Range(0, PartitionsOf(topic) ?? 1).Select(partition => isThere ? Log.EndOffset(topic, partition) : 0)];
    }

    private static bool IsScalable(PlannedQuery plan, SqlSession session) => session.IsOn(EngineProperties.ScalablePush)
        && !session.ReadsFromBeginning
        && plan is { Sources: [{ Source.QueryId: not null }], Syntax: { GroupBy: null, PartitionBy: null, Window: null } };

    private static FormatKind? Format(string? name) => Enum.TryParse<FormatKind>(name, ignoreCase: true, out var kind) ? kind : null;

    /// <summary>
    /// Whether a new query reads what is there already. A table is all of its rows, unless it is asked for otherwise; as in ksqlDB.
    /// </summary>
    public static bool ReadsFromBeginning(SourceOperator source, SqlSession session) =>
        session.ReadsFromBeginning || (source.Table is not null && !session.ReadsFromEnd);

    private RunningQuery Start(RunningQuery query, SqlSession session)
    {
        foreach (var source in query.Built.Sources)
        {
            var partitions = PartitionsOf(source.Topic) ?? 1;
            var isFromBeginning = ReadsFromBeginning(source, session);
            for (var partition = 0; partition < partitions; partition++)
            {
                var start = isFromBeginning ? Log.FirstOffset(source.Topic, partition) : Log.EndOffset(source.Topic, partition);
                query.Subscribe(source, partition, start);
            }
        }
        if ((Options.KeepsState || query.IsBuiltIn) && query.Sink is not null && !_isReplaying)
            query.Restore(Log, Options.Time.GetUtcNow(), isForgotten: Scheduler.Writes.Forgets(query.Id));
        Scheduler.Add(query);
        return query;
    }

    /// <summary>
    /// Statements of earlier runs follow. Queries that one starts may be replaced or ended by the next, so none is restored before the end.
    /// </summary>
    public void BeginReplay() => _isReplaying = true;

    /// <summary>Restores the queries that are left.</summary>
    /// <returns>Notes for the user.</returns>
    public IReadOnlyList<string> EndReplay()
    {
        _isReplaying = false;
        var queries = PersistentQueries.Where(query => Options.KeepsState && Shared is null).ToList();
        queries.ForEach(query => query.Restore(Log, Options.Time.GetUtcNow(), isForgotten: false));
        foreach (var query in PersistentQueries)
            Events.Restored(query);
        return [.. queries.Select(query => query.Note).OfType<string>()];
    }

    /// <summary>Writes rows into the topic of a stream or table.</summary>
    /// <param name="keyOrder">For each key column, the part of a row's key.</param>
    public TopicSink Sink(DataSource sink, IReadOnlyList<int> keyOrder, SqlSession session, QueryMetrics metrics)
    {
        var keyWriter = RowFormats.Writer(
            sink.KeyFormat, [.. sink.Schema.Keys.Select((key, i) => new FormatColumn(key.Name, key.Type, i))], isKey: true);
        var valueWriter = RowFormats.Writer(
            sink.ValueFormat, [.. sink.Schema.Values.Select((value, i) => new FormatColumn(value.Name, value.Type, i))], isKey: false);
        var timestamps = SinkTimestamps.Reader(
            sink.Timestamp, sink.Schema, session.IsOn(EngineProperties.ThrowOnInvalidTimestamp), metrics);
        return new(sink, [.. keyOrder], keyWriter, valueWriter, timestamps, Scheduler.Writes, metrics);
    }
}
