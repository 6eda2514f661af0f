using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.State;
using SockSort.Sql.Formats;
using SockSort.Sql.Functions;
using SockSort.Sql.JavaTime;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>A query's operators, ready to run.</summary>
/// <param name="Sources">The sources in the order of FROM.</param>
/// <param name="Operators">All operators but the sources.</param>
internal sealed record BuiltQuery(IReadOnlyList<SourceOperator> Sources, IReadOnlyList<Operator> Operators, QueryMetrics Metrics)
{
    /// <summary>Rough bytes of all that the query remembers.</summary>
    public long StateBytes => Sources.Sum(source => source.StateBytes) + Operators.Sum(step => step.StateBytes);

    /// <summary>Whether it has windows, which close by the newest record's time.</summary>
    public bool HasWindows { get; } = Operators.Any(step => step is WindowOperator or SessionOperator);
}

/// <summary>Compiles a plan into operators.</summary>
/// <param name="isStreamTimeOnly">Whether windows close by records alone, for conformance: see <see cref="TimeWindows"/>.</param>
/// <param name="failsOnWrongTime">Whether a record whose timestamp column cannot be read ends the query.</param>
internal sealed class QueryBuilder(FunctionContext context, QueryMetrics metrics, bool isStreamTimeOnly, bool failsOnWrongTime)
{
    private readonly ExpressionCompiler _compiler = new(context, metrics.Expressions);
    private readonly List<SourceOperator> _sources = [];
    private readonly List<Operator> _operators = [];

    /// <summary>Whether no key of a table comes twice, so that its rows need not be kept for those that replace them.</summary>
    public bool RowsComeOnce { get; set; }

    /// <summary>
    /// Where a query begins that reads its rows by their group, and the topic that they lie in; null where it reads its sources.
    /// </summary>
    public (AggregateNode Node, string Topic)? Cut { get; set; }

    /// <summary>Makes what writes the rows that a query groups into a topic, by their group.</summary>
    public RepartitionSink Repartition(AggregateNode node, string topic, ITopicWriter topics) =>
        new(GroupKeyOf(node), node.Input.IsTable, topic, topics, metrics);

    /// <summary>Whether it runs for a few rows only.</summary>
    public bool IsBrief { get => _compiler.IsBrief; set => _compiler.IsBrief = value; }

    /// <summary>Compiles the operators of a plan, ending in <paramref name="sink"/>.</summary>
    public BuiltQuery Build(PlanNode root, Operator sink)
    {
        Attach(root, sink);
        return new(_sources, _operators, metrics);
    }

    private void Attach(PlanNode node, Operator next)
    {
        switch (node)
        {
            case SourceNode source:
                var built = Source(source);
                built.Next = next;
                _sources.Add(built);
                break;
            case FilterNode filter:
                Below(filter.Input, Filter(filter), next);
                break;
            case RekeyNode rekey:
                Below(rekey.Input, new RekeyOperator(
                    Evaluators(rekey.Expressions, rekey.Keys.Select(key => key.Name)), [.. rekey.NeedsValue]), next);
                break;
            case JoinNode join:
                Join(join, next);
                break;
            case ExplodeNode explode:
                Below(explode.Input, Explode(explode), next);
                break;
            case AggregateNode aggregate when Cut is { } cut && cut.Node == aggregate:
                BelowCut(aggregate, cut.Topic, next);
                break;
            case AggregateNode aggregate:
                Below(aggregate.Input, Aggregate(aggregate), next);
                break;
            case ProjectNode project:
                Below(project.Input, new ProjectOperator(Evaluators(project.Values, project.Layout.Slots.Select(slot => slot.Name))), next);
                break;
            default:
                throw new InvalidOperationException($"no operator for {node.GetType().Name}");
        }
    }

    private void Below(PlanNode input, Operator own, Operator next)
    {
        own.Next = next;
        _operators.Add(own);
        Attach(input, own);
    }

    private void BelowCut(AggregateNode node, string topic, Operator next)
    {
        var (rows, own) = (new RepartitionOperator(), Aggregate(node));
        (own.Next, rows.Next) = (next, own);
        _operators.AddRange([rows, own]);
        var written = new DataSource(
            topic, IsTable: false, IsReadOnly: true, new SourceSchema([], [], []), topic, new FormatSpec(FormatKind.None),
            new FormatSpec(FormatKind.None), Window: null, Timestamp: null, QueryId: null, Sql: "");
        var columns = node.Input.Layout.Count;
        var slots = new SourceSlots(columns + 1, KeyLength: 0, [], -1, -1, -1, -1, -1, []);
        var time = new TimestampReader(columns, SqlType.Bigint, format: null, readsKey: false, failsOnWrongTime);
        // What it reads has been counted where it was read first.
        var source = new SourceNode(written, topic, node.Input.Layout);
        SourceReader Reader() => new(source, slots, RowFormats.Reader(written.KeyFormat, [], isKey: true), rows, [], time);
        // The operator holds what it has read last.
        _sources.Add(new SourceOperator(source, slots, Reader, table: null, new QueryMetrics()) { MayBeReadAhead = false, Next = rows });
    }

    private void Join(JoinNode node, Operator next)
    {
        var join = new JoinBuilder(_compiler, metrics).Build(node);
        join.Next = next;
        _operators.Add(join);
        Attach(node.Left, new JoinPort(join, isLeft: true));
        var left = node.Left is SourceNode ? _sources[^1].Table : null;
        Attach(node.Right, new JoinPort(join, isLeft: false));
        JoinBuilder.Connect(join, left, _sources[^1].Table);
    }

    private ExplodeOperator Explode(ExplodeNode node) =>
        new([.. node.Uses.Select(use => (_compiler.Evaluator(use.Values, use.Call), use.Result.Index))]);

    private Operator Filter(FilterNode filter)
    {
        var others = _compiler.CallsOfMoreThanRow;
        var predicate = _compiler.Predicate(filter.Predicate, filter.Text);
        if (filter.IsTable)
            return new TableFilter(predicate);
        Func<ExpressionErrors, RowPredicate> another =
            errors => new ExpressionCompiler(context, errors).Predicate(filter.Predicate, filter.Text);
        return new StreamFilter(predicate, _compiler.CallsOfMoreThanRow == others ? another : null);
    }

    private SlotEvaluator[] Evaluators(IEnumerable<Binding.BoundExpression> expressions, IEnumerable<string> names) =>
        [.. expressions.Zip(names, _compiler.Evaluator)];

    private GroupKey GroupKeyOf(AggregateNode node) => new(Evaluators(node.GroupBy, node.Keys.Select(key => key.Name)), metrics);

    private Operator Aggregate(AggregateNode node)
    {
        var groupBy = GroupKeyOf(node);
        var accumulators = new GroupAccumulators(
            [.. node.Aggregates.Select(use => use.Accumulator)],
            [.. node.Aggregates.Select(use => Evaluators(use.Arguments, use.Arguments.Select(_ => use.Call)))],
            node.Layout.Count,
            [.. node.GroupSlots.Select(slot => slot.Index)],
            [.. node.Aggregates.Select(use => use.Result.Index)]);
        if (node.Clause is not { } clause)
            return new GroupOperator(groupBy, accumulators, node.Input.IsTable);
        var bounds = (node.WindowStart?.Index ?? -1, node.WindowEnd?.Index ?? -1);
        return clause.Kind == WindowKind.Session
            ? new SessionOperator(
                groupBy, accumulators, (long)clause.Size.TotalMilliseconds,
                (long)QueryPlanner.GraceOf(clause, node.IsFinal).TotalMilliseconds, node.IsFinal, bounds, metrics)
            : new WindowOperator(groupBy, accumulators, Windows(clause, node.IsFinal), bounds, metrics);
    }

    private TimeWindows Windows(WindowClause clause, bool isFinal)
    {
        var grace = QueryPlanner.GraceOf(clause, isFinal);
        return new((long)clause.Size.TotalMilliseconds, (long)clause.Advance.TotalMilliseconds, (long)grace.TotalMilliseconds,
            (long)QueryPlanner.RetentionOf(clause, isFinal).TotalMilliseconds, isFinal, isStreamTimeOnly);
    }

    private SourceOperator Source(SourceNode node)
    {
        var (source, schema) = (node.Source, node.Source.Schema);
        var timestamp = source.Timestamp is { } column
            ? new TimestampReader(node.Use(column.Name)!.Index, node.TypeOf(column.Name)!, column.Format is null
                ? null
                : JavaDateFormat.Of(column.Format),
                schema.Keys.Any(key => key.Name == column.Name), failsOnWrongTime)
            : null;
        FormatColumn[] keys = [.. schema.Keys.Select((key, i) => new FormatColumn(key.Name, key.Type, i))];
        FormatColumn[] values = [.. schema.Values.Select(value => new FormatColumn(value.Name, value.Type, SlotOf(node, value.Name)))];
        var slots = new SourceSlots(
            node.Layout.Count, schema.Keys.Count,
            [.. schema.Keys.Select((key, i) => (i, SlotOf(node, key.Name))).Where(copy => copy.Item2 >= 0)],
            SlotOf(node, PseudoColumns.RowTime), SlotOf(node, PseudoColumns.RowPartition), SlotOf(node, PseudoColumns.RowOffset),
            SlotOf(node, PseudoColumns.WindowStart), SlotOf(node, PseudoColumns.WindowEnd),
            [.. schema.Headers.Select(header => (header.HeaderKey, SlotOf(node, header.Name))).Where(pair => pair.Item2 >= 0)]);
        SourceReader Reader() => new(
            node, slots, RowFormats.Reader(source.KeyFormat, keys, isKey: true),
            RowFormats.Reader(source.ValueFormat, values, isKey: false), values, timestamp);
        var table = source.IsTable && !RowsComeOnce ? new Dictionary<Slot[], TableRow>(RowKeyComparer.Instance) : null;
        return new(node, slots, Reader, table, metrics);
    }

    private static int SlotOf(SourceNode node, string column) => node.Used.TryGetValue(column, out var slot) ? slot.Index : -1;
}
