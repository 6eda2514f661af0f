using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Binding;

/// <summary>Binds <c>IN</c>: its operand and items in one type (in.json).</summary>
internal static class InListBinder
{
    /// <exception cref="SqlException">An item cannot be compared with the operand.</exception>
    public static (BoundExpression Operand, IReadOnlyList<BoundExpression> Items) Bind(
        ExpressionBinder binder, BoundExpression operand, InList inList)
    {
        var items = inList.Items.Select(binder.Bind).ToList();
        var type = operand.Type;
        for (var i = 0; i < items.Count; i++)
            type = LiteralCoercion.Widened(type, items[i], inList.Items[i]);
        return (Common(operand, type), [.. items.Select((item, i) => LiteralCoercion.Convert(item, type, inList.Items[i]))]);
    }

    private static BoundExpression Common(BoundExpression operand, SqlType type) =>
        operand is BoundConstant ? LiteralCoercion.Convert(operand, type, new NullLiteral(operand.Span)) : Conversions.To(operand, type);
}
