using SockSort.Sql.Syntax;

namespace SockSort.Sql.Binding;

/// <summary>What names mean where an expression stands.</summary>
internal interface INameScope
{
    /// <summary>Binds a whole expression that has a value of its own here (a grouping expression, an aggregate); null for most.</summary>
    BoundExpression? Whole(Expression expression, ExpressionBinder binder) => null;

    /// <exception cref="SqlException">No such column, or more than one.</exception>
    BoundExpression Column(ColumnName column);
}
