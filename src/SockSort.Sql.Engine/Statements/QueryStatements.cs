using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Pull;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Printing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Statements;

/// <summary>SELECT, TERMINATE, PAUSE, RESUME, PRINT, EXPLAIN.</summary>
internal sealed class QueryStatements(EngineCore core)
{
    public PushResult Push(QueryStatement statement, SqlSession session, Func<PushQuery, ValueTask> stop) =>
        new(core.StartPush(core.Plan(statement.Query, sink: null, session), statement.Span.Text, session, stop));

    public PullQuery Pull(QueryStatement statement, SqlSession session)
    {
        var plan = core.Plan(statement.Query, sink: null, session);
        var from = statement.Query.From.Span;
        if (plan.Sources is not [{ Source: var source }])
            throw QueryErrors.PullOfJoin(from);
        RefuseDisabled(statement, source, session);
        RefusePlaces(statement.Query);
        var writer = core.PersistentQueries.FirstOrDefault(query => query.Id == source.QueryId);
        // Nobody knows any more which rows of the topic are its own.
        if (source is { IsTable: true, QueryId: { } id } && writer is null)
            throw QueryErrors.TableOfNoQuery(source.Name, id, from);
        _ = core.Memory.Measure(core.Pump.Queries);
        return new(plan, writer?.Output?.Begin ?? 0, core.Builder(new QueryMetrics(), session));
    }

    /// <summary>What the session has switched off, as ksqlDB's users do to be told of an expensive query.</summary>
    private static void RefuseDisabled(QueryStatement statement, DataSource source, SqlSession session)
    {
        var (query, at) = (statement.Query, statement.Query.Span);
        if (session.IsOff(EngineProperties.PullLimits) && query.Limit is not null)
            throw QueryErrors.PullDisabled("a pull query with LIMIT", EngineProperties.PullLimits, at);
        if (!source.IsTable && session.IsOff(EngineProperties.PullStreams))
            throw QueryErrors.PullDisabled($"a pull query of stream '{source.Name}'", EngineProperties.PullStreams, at);
        if (!source.IsTable || PullKeys.Names(query.Where, source))
            return;
        if (session.IsOff(EngineProperties.PullScans))
            throw QueryErrors.PullDisabled(
                $"a pull query of table '{source.Name}' whose WHERE names no keys", EngineProperties.PullScans, at);
        if (session.IsOff(EngineProperties.PullRanges) && PullKeys.HasRange(query.Where, source))
            throw QueryErrors.PullDisabled(
                $"a pull query of table '{source.Name}' with a range of keys", EngineProperties.PullRanges, at);
    }

    /// <summary>As in ksqlDB: what is pulled is a row as it is now, not a record at a place.</summary>
    private static void RefusePlaces(Query query)
    {
        foreach (var item in query.Items.OfType<ExpressionItem>())
            RefusePlaces(item.Expression, "SELECT");
        if (query.Where is not null)
            RefusePlaces(query.Where, "WHERE");
    }

    private static void RefusePlaces(Expression expression, string clause)
    {
        var column = SyntaxRewriter.Parts(expression).OfType<ColumnName>()
            .FirstOrDefault(column => column.Name is PseudoColumns.RowPartition or PseudoColumns.RowOffset);
        if (column is not null)
            throw QueryErrors.PlaceInPull(column.Name, clause, column.Span);
    }

    public MessageResult Control(ControlQuery statement)
    {
        var queries = statement.QueryId is null
            ? core.PersistentQueries.ToList()
            : [core.Pump.Queries.FirstOrDefault(query => query.Id == statement.QueryId)
                ?? core.Pump.Queries.FirstOrDefault(query => string.Equals(query.Id, statement.QueryId, StringComparison.OrdinalIgnoreCase))
                ?? throw StatementErrors.QueryNotFound(statement.QueryId, core.Pump.Queries.Select(query => query.Id), statement.NameSpan)];
        foreach (var query in queries)
        {
            if (statement.Action == QueryAction.Terminate)
                core.Stop(query, forget: true);
            else if (query.State != QueryState.Error)
                Become(query, statement.Action == QueryAction.Pause ? QueryState.Paused : QueryState.Running);
        }
        var done = statement.Action switch { QueryAction.Terminate => "terminated", QueryAction.Pause => "paused", _ => "resumed" };
        return new($"Query {done}.");
    }

    private void Become(RunningQuery query, QueryState state)
    {
        if (query.State == state)
            return;
        query.State = state;
        if (!core.IsReplaying)
            core.Events.Controlled(query);
    }

    public PrintResult Print(PrintTopic statement)
    {
        var info = core.Log.FindTopic(statement.Topic)
            ?? core.Log.Topics().FirstOrDefault(topic => string.Equals(topic.Name, statement.Topic, StringComparison.OrdinalIgnoreCase))
            ?? throw StatementErrors.TopicNotFound(statement.Topic, core.Log.Topics().Select(topic => topic.Name), statement.NameSpan);
        OwnTopics.RefuseToShow(info.Name, statement.NameSpan);
        return new(new TopicPrinter(core.Log, info.Name, statement.FromBeginning, Math.Max(1, statement.Interval ?? 1), statement.Limit));
    }

    public TextResult Explain(ExplainStatement statement, SqlSession session)
    {
        if (statement.QueryId is { } id)
        {
            var query = core.Pump.Queries.FirstOrDefault(query => query.Id == id)
                ?? throw StatementErrors.QueryNotFound(id, core.Pump.Queries.Select(known => known.Id), statement.Span);
            return new(PlanText.Of(query.Plan));
        }
        var plan = statement.Explained switch
        {
            QueryStatement select => core.Plan(select.Query, sink: null, session),
            CreateAsSelect create => core.Plan(create.Query, new(create.Name), session),
            InsertSelect insert => core.Plan(insert.Query, new(insert.Target), session),
            _ => throw StatementErrors.NothingToExplain(statement.Span),
        };
        return new(PlanText.Of(plan));
    }

    public async Task<MessageResult> AssertAsync(AssertTopic statement, CancellationToken cancellation)
    {
        var until = core.Options.Time.GetUtcNow() + (statement.Timeout ?? TimeSpan.FromSeconds(1));
        while (core.Log.FindTopic(statement.Topic) is not null != statement.Exists)
        {
            if (core.Options.Time.GetUtcNow() >= until)
                throw StatementErrors.AssertFailed(statement.Topic, statement.Exists, statement.NameSpan);
            await Task.Delay(TimeSpan.FromMilliseconds(50), core.Options.Time, cancellation);
        }
        return new($"Topic {statement.Topic} {(statement.Exists ? "exists" : "does not exist")}.");
    }
}
