using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Planning;

/// <summary>Resolves names after GROUP BY: grouping expressions, aggregates and window bounds. Equal aggregates share one state.</summary>
internal sealed class AggregateScope(
    AggregateNode node, FromPlan from, FunctionRegistry functions, TypeResolver types, IReadOnlyList<string> groupTexts,
    IReadOnlyDictionary<string, string> settings,
    bool allowsWindowBounds) : INameScope
{
    private readonly ExpressionBinder _arguments = new(functions, types, new ArgumentScope(new SourceScope(from)));

    public BoundExpression? Whole(Expression expression, ExpressionBinder binder)
    {
        if (SourceScope.WindowBoundCall(expression) is { } bound)
            return Column(bound);
        if (expression is not (NullLiteral or Lambda or TimeUnitLiteral) && GroupIndex(expression) is var index and >= 0)
            return new BoundColumn(node.GroupSlots[index], expression.Span);
        return expression is FunctionCall call && functions.Aggregate(call.Name) is { } aggregate ? Aggregate(aggregate, call) : null;
    }

    public BoundExpression Column(ColumnName column)
    {
        if (PseudoColumns.IsWindowBound(column.Name) && node.Clause is not null)
        {
            // group-by.json: windowed join with window bounds.
            if (from.IsJoin)
                throw PlanningErrors.WindowBoundOfJoin(column.Name, from.Where, column.Span);
            return allowsWindowBounds
                ? new BoundColumn(WindowBound(column.Name), column.Span)
                : throw PlanningErrors.WindowBoundNotHere(column.Name, column.Span);
        }
        _ = new SourceScope(from).Column(column);
        throw PlanningErrors.NotGrouped([column], [column]);
    }

    /// <summary>Finds the columns of an expression that are neither grouped by, nor inside what is, nor inside an aggregate.</summary>
    public IReadOnlyList<ColumnName> Ungrouped(Expression expression)
    {
        var columns = new List<ColumnName>();
        _ = SyntaxRewriter.Rewrite(expression, part =>
        {
            if (part is ColumnName column && GroupIndex(part) < 0 && from.TryLabelOf(column) is not null
                && !PseudoColumns.IsWindowBound(column.Name))
                columns.Add(column);
            var isWhole = part is not (NullLiteral or Lambda or TimeUnitLiteral) && GroupIndex(part) >= 0;
            return isWhole || (part is FunctionCall call && functions.Aggregate(call.Name) is not null) ? part : null;
        });
        return columns;
    }

    private int GroupIndex(Expression expression)
    {
        if (!SyntaxRewriter.Parts(expression).OfType<ColumnName>().All(Exists))
            return -1;
        var text = CanonicalText.Of(expression, from.TryLabelOf);
        for (var i = 0; i < groupTexts.Count; i++)
        {
            if (groupTexts[i] == text)
                return i;
        }
        return -1;
    }

    private bool Exists(ColumnName column) =>
        from.Sources.Count(
            source => (column.Qualifier is null || source.Label == column.Qualifier) && source.TypeOf(column.Name) is not null) == 1;

    private BoundColumn Aggregate(AggregateFunction function, FunctionCall call)
    {
        if (call.Arguments.SelectMany(SyntaxRewriter.Parts)
            .OfType<FunctionCall>()
            .FirstOrDefault(inner => functions.Aggregate(inner.Name) is not null) is { } nested)
            throw PlanningErrors.NestedAggregate(nested, call);
        var arguments = call.IsStar ? [] : call.Arguments.Select(_arguments.Bind).ToList();
        var text = CanonicalText.Of(call, from.TryLabelOf);
        if (node.Aggregates.FirstOrDefault(use => use.Call == text) is { } known)
            return new BoundColumn(known.Result, call.Span);
        var overloads = function.Overloads.Select(overload => (overload.Parameters, overload.IsVariadic)).ToList();
        var types = arguments.Select(argument => argument.Type).ToList();
        var match = OverloadResolver.Find(call, overloads, types, function.Overloads.Select(form => form.Signature));
        var chosen = function.Overloads[match.Index];
        var converted = arguments.Select((argument, i) => Conversions.To(argument, match.Conversions[i])).ToList();
        var argumentTypes = converted.Select(argument => argument.Type).ToList();
        var accumulator = Made(
            call, () => chosen.Make(new(argumentTypes, [.. converted.Select(argument => (argument as BoundConstant)?.Value)], settings)));
        if (node.Clause?.Kind == WindowKind.Session && !accumulator.CanMerge)
            throw PlanningErrors.AggregateNotForSessions(call);
        var result = node.Layout.Add(text, chosen.Returns(argumentTypes));
        node.Aggregates.Add(new(function, accumulator, converted, result, text));
        return new BoundColumn(result, call.Span);
    }

    /// <summary>Makes an accumulator. An aggregate may refuse its constants: TOPK(x, 0).</summary>
    private static Accumulator Made(FunctionCall call, Func<Accumulator> make)
    {
        try
        {
            return make();
        }
        catch (FunctionException error)
        {
            throw PlanningErrors.WrongAggregate(call, error.Message);
        }
    }

    private ColumnSlot WindowBound(string name) => name == PseudoColumns.WindowStart
        ? node.WindowStart ??= node.Layout.Add(name, SqlType.Bigint)
        : node.WindowEnd ??= node.Layout.Add(name, SqlType.Bigint);

    /// <summary>Resolves names inside an aggregate's arguments, which mean the rows before grouping.</summary>
    private sealed class ArgumentScope(SourceScope source) : INameScope
    {
        public BoundExpression? Whole(Expression expression, ExpressionBinder binder) =>
            SourceScope.WindowBoundCall(expression) is { } bound
            ? Column(bound)
            : null;

        public BoundExpression Column(ColumnName column) => PseudoColumns.IsWindowBound(column.Name)
            ? throw PlanningErrors.WindowBoundNotHere(column.Name, column.Span)
            : source.Column(column);
    }
}
