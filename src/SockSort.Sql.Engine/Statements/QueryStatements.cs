using System.Globalization;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Pull;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Planning;
using SockSort.Sql.Printing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Statements;

/// <summary>Runs SELECT, TERMINATE, PAUSE, RESUME, PRINT, EXPLAIN and ASSERT TOPIC.</summary>
internal sealed class QueryStatements(EngineCore core)
{
    public PushResult Push(QueryStatement statement, SqlSession session, Func<PushQuery, ValueTask> stop) =>
        new(core.StartPush(core.Plan(statement.Query, sink: null, session), statement.Span.Text, session, stop));

    public PullQuery Pull(QueryStatement statement, SqlSession session)
    {
        var plan = core.Plan(statement.Query, sink: null, session);
        var from = statement.Query.From.Span;
        if (plan.Sources is not [{ Source: var source }])
            throw PullErrors.OfJoin(from);
        PullRules.RefuseDisabled(statement.Query, source, session);
        PullRules.RefusePlaces(statement.Query);
        PullRules.RefuseOtherKeys(statement.Query, source);
        var writer = core.PersistentQueries.FirstOrDefault(query => query.Id == source.QueryId);
        // Nobody knows any more which rows of the topic are its own.
        if (source is { IsTable: true, QueryId: { } id } && writer is null)
            throw PullErrors.TableOfNoQuery(source.Name, id, from);
        _ = core.Memory.Measure(core.Scheduler.Queries);
        return new(plan, writer?.Output?.Begins ?? [], core.Builder(new QueryMetrics(), session), OwnOf(source));
    }

    private OwnPartitions? OwnOf(DataSource source) => core.Shared?.OwnOf(core.PartitionsOf(source.Topic) ?? 1);

    public MessageResult Control(ControlQuery statement)
    {
        var queries = statement.QueryId is { } id ? [QueryOf(id, statement.NameSpan)] : core.PersistentQueries.ToList();
        if (statement.Action == QueryAction.Terminate)
            queries = WithoutBuiltIn(queries, statement);
        foreach (var query in queries)
        {
            if (statement.Action == QueryAction.Terminate)
                core.Stop(query, forget: true);
            else if (statement.Action == QueryAction.Pause ? query.Pause() : query.Resume())
                LogControlled(query);
        }
        if (statement.Action == QueryAction.Terminate && queries is [{ Push: not null } push])
            return new("Query terminated.", [], push.Id) { EndedPushQuery = true };
        var done = statement.Action switch { QueryAction.Terminate => "terminated", QueryAction.Pause => "paused", _ => "resumed" };
        return new($"Query {done}.");
    }

    public PrintResult Print(PrintTopic statement)
    {
        var info = core.Log.FindTopic(statement.Topic)
            ?? core.Log.Topics().FirstOrDefault(topic => string.Equals(topic.Name, statement.Topic, StringComparison.OrdinalIgnoreCase))
            ?? throw TopicErrors.NotFound(statement.Topic, core.Log.Topics().Select(topic => topic.Name), statement.NameSpan);
        OwnTopics.RefuseToShow(info.Name, statement.NameSpan);
        return new(new TopicPrinter(core.Log, info.Name, statement.FromBeginning, Math.Max(1, statement.Interval ?? 1), statement.Limit));
    }

    public TextResult Explain(ExplainStatement statement, SqlSession session)
    {
        if (statement.QueryId is { } id)
        {
            var query = core.Queries.FirstOrDefault(query => query.Id == id)
                ?? throw StatementErrors.QueryNotFound(id, core.Queries.Select(known => known.Id), statement.Span);
            return new(PlanText.Of(query.Plan))
            {
                Explained = new(query.Inputs, query.IsBuiltIn ? query.Id : null, query.Sinks),
            };
        }
        var (asked, sink) = statement.Explained switch
        {
            QueryStatement select => (select.Query, (string?)null),
            CreateAsSelect create => (create.Query, create.Name),
            InsertSelect insert => (insert.Query, insert.Target),
            _ => throw StatementErrors.NothingToExplain(statement.Span),
        };
        var plan = core.Plan(asked, sink is null ? null : new SinkRequest(sink), session);
        return new(PlanText.Of(plan)) { Explained = new([plan], BuiltIn: null, sink is null ? [] : [sink]) };
    }

    public async Task<MessageResult> AssertAsync(AssertTopic statement, CancellationToken cancellation)
    {
        var until = core.Options.Time.GetUtcNow() + (statement.Timeout ?? TimeSpan.FromSeconds(1));
        var partitions = PartitionsOf(statement);
        while (IsAsAsserted(statement, partitions) != statement.Exists)
        {
            if (core.Options.Time.GetUtcNow() >= until)
                throw AssertFailed(statement, partitions);
            await Task.Delay(TimeSpan.FromMilliseconds(50), core.Options.Time, cancellation);
        }
        return new($"Topic {statement.Topic} {(statement.Exists ? "exists" : "does not exist")}.");
    }

    /// <summary>The number of partitions that the topic is to have, as written; null for any.</summary>
    private static string? PartitionsOf(AssertTopic statement)
    {
        string? partitions = null;
        foreach (var setting in statement.With.Items)
        {
            if (setting.Name.Equals("PARTITIONS", StringComparison.OrdinalIgnoreCase))
                partitions = setting.Value is StringLiteral text ? text.Value : setting.Value.ToString();
            else if (!setting.Name.Equals("REPLICAS", StringComparison.OrdinalIgnoreCase))
                throw TopicErrors.AssertUnknown(setting.Name, setting.Span);
        }
        return partitions;
    }

    private bool IsAsAsserted(AssertTopic statement, string? partitions) => core.Log.FindTopic(statement.Topic) is { } topic
        && (partitions is null || partitions == topic.Partitions.ToString(CultureInfo.InvariantCulture));

    private SqlException AssertFailed(AssertTopic statement, string? partitions) =>
        statement.Exists && partitions is not null && core.Log.FindTopic(statement.Topic) is { } topic
            ? TopicErrors.AssertPartitions(statement.Topic, topic.Partitions, partitions, statement.NameSpan)
            : TopicErrors.AssertFailed(statement.Topic, statement.Exists, statement.NameSpan);

    /// <summary>Finds the query of that exact id, else one whose id differs in case only.</summary>
    private RunningQuery QueryOf(string id, SourceSpan at)
    {
        var queries = core.Queries.ToList();
        return queries.FirstOrDefault(query => query.Id == id)
            ?? queries.FirstOrDefault(query => string.Equals(query.Id, id, StringComparison.OrdinalIgnoreCase))
            ?? throw StatementErrors.QueryNotFound(id, queries.Select(query => query.Id), at);
    }

    /// <summary>TERMINATE ALL leaves the program's own queries; one that is named is refused.</summary>
    private static List<RunningQuery> WithoutBuiltIn(List<RunningQuery> queries, ControlQuery statement)
    {
        if (statement.QueryId is not null && queries[0].IsBuiltIn)
            throw StatementErrors.BuiltIn(queries[0].Id, statement.NameSpan);
        return [.. queries.Where(query => !query.IsBuiltIn)];
    }

    private void LogControlled(RunningQuery query)
    {
        if (!core.IsReplaying)
            core.Events.Controlled(query);
    }
}
