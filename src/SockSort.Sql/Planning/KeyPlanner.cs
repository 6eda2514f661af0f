using SockSort.Sql.Binding;
using SockSort.Sql.Formats;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Planning;

/// <summary>Plans GROUP BY and PARTITION BY: the key that records get.</summary>
internal sealed class KeyPlanner(FromPlan from, ExpressionBinder binder)
{
    private readonly ProjectionNames _names = new(from);

    /// <exception cref="SqlException">The source is a table, or the expressions make no key.</exception>
    public PlanNode PartitionBy(PlanNode input, GroupingClause clause)
    {
        if (input.IsTable)
            throw PlanningErrors.PartitionOfTable(clause.Span);
        if (input.Window is not null)
            throw PlanningErrors.PartitionOfWindowed(from.Where, clause.Span);
        if (clause.Expressions.Count == 0)
            throw PlanningErrors.EmptyGrouping("PARTITION BY", clause.Span);
        if (clause.Expressions is [NullLiteral])
            return new RekeyNode(input, [], []);
        if (clause.Expressions.Any(expression => expression is NullLiteral))
            throw PlanningErrors.PartitionByNull(clause.Span);
        var bound = clause.Expressions.Select(binder.Bind).ToList();
        return new RekeyNode(input, bound, Parts(clause, bound)) { NeedsValue = [.. clause.Expressions.Select(NeedsValue)] };
    }

    private bool NeedsValue(Expression expression) => SyntaxRewriter.Parts(expression).OfType<ColumnName>()
        .Any(column =>
            from.Sources.All(
                source => source.Label != from.LabelOf(column) || source.Source.Schema.Keys.All(key => key.Name != column.Name)));

    /// <summary>Plans GROUP BY, and returns the canonical texts of its expressions too.</summary>
    public (AggregateNode Node, IReadOnlyList<string> Texts) GroupBy(PlanNode input, Query query)
    {
        var clause = query.GroupBy!;
        if (clause.Expressions.Count == 0)
            throw PlanningErrors.EmptyGrouping("GROUP BY", clause.Span);
        if (from.Sources.Where(source => source.Source.ValueFormat.Kind == FormatKind.Kafka)
            .Select(source => source.Source.Name)
            .ToList() is { Count: > 0 } bare)
            throw JoinErrors.KafkaFormatInState(bare, "GROUP BY", clause.Span);
        var bound = clause.Expressions.Select(binder.Bind).ToList();
        var keys = Parts(clause, bound);
        var layout = new RowLayout();
        var slots = keys.Select(key => layout.Add(key.Name, key.Type)).ToList();
        var node = new AggregateNode(input, bound, keys, query.Window, query.Emit == EmitMode.Final, layout) { GroupSlots = slots };
        return (node, [.. keys.Select(key => key.Meanings[0])]);
    }

    private List<KeyPart> Parts(GroupingClause clause, IReadOnlyList<BoundExpression> bound)
    {
        var parts = new List<KeyPart>();
        for (var i = 0; i < bound.Count; i++)
        {
            var written = clause.Expressions[i];
            if (bound[i].Type.Base == SqlBaseType.Null)
                throw BindingErrors.NullWithoutType(written.Span);
            var text = CanonicalText.Of(written, from.TryLabelOf);
            if (parts.Any(part => part.Meanings[0] == text))
                throw PlanningErrors.DoubleGrouping(text, written.Span);
            parts.Add(new(_names.Of(written), bound[i].Type, [text]));
        }
        return parts;
    }
}
