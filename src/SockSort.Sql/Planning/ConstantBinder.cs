using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Planning;

/// <summary>Binds what INSERT INTO … VALUES gives for the columns of a stream or table.</summary>
/// <param name="functions">The functions that a value may call.</param>
/// <param name="custom">Types made by <c>CREATE TYPE</c>.</param>
public sealed class ConstantBinder(FunctionRegistry functions, IReadOnlyDictionary<string, SqlType> custom)
{
    private readonly ExpressionBinder _binder = new(functions, new TypeResolver(custom), new NoColumns());

    /// <returns>The value, and the type of the column that it is for.</returns>
    /// <exception cref="SqlException">There is no such column, or the value is no constant.</exception>
    public (BoundExpression Value, SqlType Expected) Bind(DataSource target, string column, Expression expression)
    {
        var expected = target.Schema.All.FirstOrDefault(known => known.Name == column)?.Type
            ?? PseudoType(target, column)
            ?? throw PlanningErrors.ColumnNotFound(
                column, $"{target.KindName} '{target.Name}'", target.Schema.All.Select(known => known.Name), expression.Span);
        return (_binder.Bind(expression), expected);
    }

    private static SqlType? PseudoType(DataSource target, string column)
    {
        var isWindowBound = target.Window is not null && PseudoColumns.IsWindowBound(column);
        return column == PseudoColumns.RowTime || isWindowBound ? SqlType.Bigint : null;
    }

    private sealed class NoColumns : INameScope
    {
        public BoundExpression Column(ColumnName column) => throw PlanningErrors.ColumnInValues(column.Name, column.Span);
    }
}
