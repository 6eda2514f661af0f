using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Planning;

/// <summary>Plans one SELECT: sources, filter, new key or groups, HAVING, projection.</summary>
/// <param name="keysFollowProjection">Whether key columns follow the projection: see <see cref="SinkPlanner"/>.</param>
/// <param name="settings">The session's properties.</param>
public sealed class QueryPlanner(
    MetaStore meta, FunctionRegistry functions, IReadOnlyDictionary<string, string> settings, bool keysFollowProjection)
{
    // ksqlDB's default: late records are taken for a day after a window's start.
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromHours(24);

    private readonly TypeResolver _types = new(meta.Types);

    /// <param name="sink">The stream or table that the query writes; null for one whose rows go to a client.</param>
    /// <exception cref="SqlException">A name is unknown, types do not fit, or the query's parts contradict each other.</exception>
    public PlannedQuery Plan(Query query, SinkRequest? sink)
    {
        var from = new FromPlanner(meta, functions, _types).Plan(query.From);
        try
        {
            return Plan(query, sink, from);
        }
        catch (SqlException error) when (new UnknownNames(from, functions).Before(error, query) is { } unknown)
        {
            throw unknown;
        }
    }

    private PlannedQuery Plan(Query query, SinkRequest? sink, FromPlan from)
    {
        var node = from.Node;
        if (query.Where is not null)
            node = Filter(node, query.Where, new SourceScope(from), from);
        if (query.GroupBy is null && sink is null && IsOneGroup(query))
            return PlanGroups(query with { GroupBy = new([new IntegerLiteral(1, query.Span)], query.Span) }, sink, from, node);
        if (query.GroupBy is null)
        {
            RefuseClausesOfGroups(query);
            RefuseAggregates(query);
            if (query.PartitionBy is not null)
                node = new KeyPlanner(from, Binder(new SourceScope(from))).PartitionBy(node, query.PartitionBy);
            return Project(query, sink, from, node, new TableFunctionScope(from, node), grouped: null);
        }
        if (query.PartitionBy is not null)
            throw PlanningErrors.GroupAndPartition(query.PartitionBy.Span);
        return PlanGroups(query, sink, from, node);
    }

    private PlannedQuery PlanGroups(Query query, SinkRequest? sink, FromPlan from, PlanNode input)
    {
        if (query.Window is not null && input.IsTable)
            throw PlanningErrors.WindowOverTable(query.Window.Span);
        if (query.Emit == EmitMode.Final && query.Window is null)
            throw PlanningErrors.FinalWithoutWindow(query.Span);
        if (query.Window is { Retention: { } retention } window && window.Kind != WindowKind.Session
            && retention < window.Size + GraceOf(window, query.Emit == EmitMode.Final))
            throw PlanningErrors.RetentionTooShort(window, GraceOf(window, query.Emit == EmitMode.Final));
        var (aggregate, texts) = new KeyPlanner(from, Binder(new GroupByScope(new SourceScope(from), query.Window is not null)))
            .GroupBy(input, query);
        PlanNode node = aggregate;
        if (query.Having is not null)
        {
            var having = new AggregateScope(aggregate, from, functions, _types, texts, settings, allowsWindowBounds: false);
            if (having.Ungrouped(query.Having) is { Count: > 0 } columns)
                throw PlanningErrors.NotGrouped([query.Having], columns);
            node = new FilterNode(node, Binder(having).BindCondition(query.Having), CanonicalText.Of(query.Having, from.TryLabelOf));
        }
        var scope = new AggregateScope(aggregate, from, functions, _types, texts, settings, allowsWindowBounds: true);
        var planned = Project(query, sink, from, node, scope, aggregate);
        if (aggregate.Aggregates.Count == 0)
            throw PlanningErrors.GroupWithoutAggregate(query.GroupBy!.Span);
        if (input.IsTable
            && aggregate.Aggregates.Where(use =>
                !use.Accumulator.CanUndo).Select(use => use.Function.Name).Distinct().ToList() is { Count: > 0 } stuck)
            throw PlanningErrors.AggregateNotForTables(stuck, query.Span);
        return planned;
    }

    /// <summary>
    /// A client's query of aggregates without GROUP BY counts all rows together. One that writes a table is refused: its rows need a key.
    /// </summary>
    private bool IsOneGroup(Query query) => query.PartitionBy is null && query.Items.All(item => item is ExpressionItem)
        && query.Items.Cast<ExpressionItem>().Any(item => Aggregates(item.Expression).Any())
        && query.Items.Cast<ExpressionItem>().All(item => Aggregates(item.Expression).Any() || IsConstant(item.Expression));

    private static bool IsConstant(Expression expression) =>
        SyntaxRewriter.Parts(expression).All(part => part is not ColumnName && SourceScope.WindowBoundCall(part) is null);

    private IEnumerable<FunctionCall> Aggregates(Expression expression) =>
        SyntaxRewriter.Parts(expression).OfType<FunctionCall>().Where(call => functions.Aggregate(call.Name) is not null);

    private void RefuseAggregates(Query query)
    {
        var expressions = query.Items.OfType<ExpressionItem>().Select(item => item.Expression).ToList();
        if (expressions.SelectMany(Aggregates).FirstOrDefault() is { } aggregate)
            throw PlanningErrors.AggregateWithoutGroupBy(
                aggregate, [.. expressions.Where(expression => !SyntaxRewriter.Parts(expression).Contains(aggregate))]);
    }

    /// <summary>How long after a window's end late records are still taken.</summary>
    public static TimeSpan GraceOf(WindowClause window, bool isFinal) =>
        window.Grace ?? (isFinal || window.Size > DefaultGrace ? TimeSpan.Zero : DefaultGrace - window.Size);

    /// <summary>How long from a window's start its groups are kept.</summary>
    public static TimeSpan RetentionOf(WindowClause window, bool isFinal) =>
        Longer(window.Retention ?? TimeSpan.Zero, window.Size + GraceOf(window, isFinal));

    /// <summary>
    /// How long from a window's start its rows are kept for those who ask for them: a day where the clause says nothing, as in Kafka
    /// Streams' stores.
    /// </summary>
    public static TimeSpan RowsKeptBy(WindowClause window, bool isFinal) =>
        Longer(window.Retention ?? DefaultGrace, RetentionOf(window, isFinal));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static void RefuseClausesOfGroups(Query query)
    {
        if (query.Having is not null)
            throw PlanningErrors.NeedsGroupBy("HAVING", query.Having.Span);
        if (query.Window is not null)
            throw PlanningErrors.NeedsGroupBy("WINDOW", query.Window.Span);
        if (query.Emit == EmitMode.Final)
            throw PlanningErrors.FinalWithoutWindow(query.Span);
    }

    private FilterNode Filter(PlanNode input, Expression where, INameScope scope, FromPlan from)
    {
        var predicate = Binder(scope).BindCondition(where);
        return new(input, predicate, CanonicalText.Of(where, from.TryLabelOf));
    }

    private PlannedQuery Project(Query query, SinkRequest? sink, FromPlan from, PlanNode input, INameScope scope, AggregateNode? grouped)
    {
        var items = new ProjectionPlanner(from, input, Binder(scope), grouped is not null).Expand(query, isPersistent: sink is not null);
        if (scope is AggregateScope groups)
            RefuseUngrouped(groups, items);
        var binder = Binder(scope);
        var bound = items.Select(item => (Item: item, Value: binder.Bind(item.Expression))).ToList();
        if (bound.Find(pair => pair.Value.Type.Base == SqlBaseType.Null) is { Item: not null } untyped)
            throw BindingErrors.NullWithoutType(untyped.Item.Expression.Span);
        if (bound.GroupBy(pair => pair.Item.Name).FirstOrDefault(group => group.Count() > 1) is { } doubled)
            throw PlanningErrors.DoubleColumn(doubled.Key, doubled.Last().Item.Expression.Span, doubled.Select(pair => pair.Value.Type));
        if (sink?.Timestamp is { } timestamp && items.All(item => item.Name != timestamp.Name))
            throw SourceErrors.NoTimestampColumn(timestamp.Name, items.Select(item => item.Name), timestamp.At);
        if (scope is TableFunctionScope { Uses.Count: > 0 } made)
            input = new ExplodeNode(input, made.Uses);
        return sink is null
            ? Transient(query, from, input, bound)
            : new SinkPlanner(from, input, sink.Name, keysFollowProjection).Plan(query, bound);
    }

    private void RefuseUngrouped(AggregateScope groups, IReadOnlyList<ProjectedItem> items)
    {
        if (items.SelectMany(item => SyntaxRewriter.Parts(item.Expression))
            .OfType<FunctionCall>()
            .FirstOrDefault(call => functions.Table(call.Name) is not null) is { } made)
            throw JoinErrors.TableFunctionWithGroups(made);
        var wrong = items.Select(item => (item.Expression, Columns: groups.Ungrouped(item.Expression)))
            .Where(item => item.Columns.Count > 0)
            .ToList();
        if (wrong.Count > 0)
            throw PlanningErrors.NotGrouped([.. wrong.Select(item => item.Expression)], [.. wrong.SelectMany(item => item.Columns)]);
    }

    private static PlannedQuery Transient(
        Query query, FromPlan from, PlanNode input, List<(ProjectedItem Item, BoundExpression Value)> bound)
    {
        var layout = new RowLayout();
        foreach (var (item, value) in bound)
            _ = layout.Add(item.Name, value.Type);
        // The key's parts take the names of the columns that show them; parts that no column shows have none.
        var keys = input.Keys.Select(
            key => key with { Name = bound.Find(pair => key.Meanings.Contains(pair.Item.Canonical)).Item?.Name ?? "" });
        var root = new ProjectNode(input, [.. bound.Select(pair => pair.Value)], [.. keys], layout)
        {
            Texts = [.. bound.Select(pair => pair.Item.Canonical)],
        };
        var schema = new SourceSchema([], [.. bound.Select(pair => new SourceColumn(pair.Item.Name, pair.Value.Type))], []);
        return new(query, root, schema, from.Sources, []);
    }

    private ExpressionBinder Binder(INameScope scope) => new(functions, _types, scope);

    /// <summary>Resolves names in GROUP BY. Window bounds do not exist yet where groups are formed (window-bounds.json).</summary>
    private sealed class GroupByScope(SourceScope source, bool isWindowed) : INameScope
    {
        public BoundExpression? Whole(Expression expression, ExpressionBinder binder) =>
            SourceScope.WindowBoundCall(expression) is { } bound ? Column(bound) : null;

        public BoundExpression Column(ColumnName column) => isWindowed && PseudoColumns.IsWindowBound(column.Name)
            ? throw PlanningErrors.WindowBoundNotHere(column.Name, column.Span)
            : source.Column(column);
    }
}
