using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Planning;

/// <summary>Resolves names as columns of the sources in FROM.</summary>
internal sealed class SourceScope(FromPlan from) : INameScope
{
    public BoundExpression? Whole(Expression expression, ExpressionBinder binder) =>
        WindowBoundCall(expression) is { } column ? Column(column) : null;

    public BoundExpression Column(ColumnName column)
    {
        if (column.Qualifier is null && from.UseSynthetic(column.Name) is { } key)
            return new BoundColumn(key, column.Span);
        var label = from.LabelOf(column);
        return from.Use(label, column.Name) is { } slot
            ? new BoundColumn(slot, column.Span)
            : throw PlanningErrors.ColumnNotFound(column.Name, from.Where, from.ColumnNames(column.Qualifier), column.Span);
    }

    /// <summary>Finds the column that <c>WINDOWSTART()</c> means, as scripts of 2019 write it.</summary>
    public static ColumnName? WindowBoundCall(Expression expression) =>
        expression is FunctionCall { Arguments.Count: 0, IsStar: false } call && PseudoColumns.IsWindowBound(call.Name)
            ? new ColumnName(null, call.Name, call.Span)
            : null;
}
