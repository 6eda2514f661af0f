using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Binding;

/// <summary>The operand and items of <c>IN</c> in one type (in.json).</summary>
internal static class InListBinder
{
    /// <exception cref="SqlException">An item cannot be compared with the operand.</exception>
    public static (BoundExpression Operand, IReadOnlyList<BoundExpression> Items) Bind(ExpressionBinder binder, BoundExpression operand, InList inList)
    {
        var items = inList.Items.Select(binder.Bind).ToList();
        var type = operand.Type;
        for (var i = 0; i < items.Count; i++)
            type = Wider(type, items[i], inList.Items[i]);
        return (Conversions.To(operand, type), [.. items.Select((item, i) => LiteralCoercion.Convert(item, type, inList.Items[i]))]);
    }

    /// <summary>Numbers widen; every other item must be of the operand's type or a literal that reads as it.</summary>
    private static SqlType Wider(SqlType type, BoundExpression item, Expression written)
    {
        if (type.IsNumeric && item.Type.IsNumeric)
            return Conversions.Common(type, item.Type)!;
        var isLiteral = item is BoundConstant or BoundArray or BoundMap or BoundStruct;
        if (item.Type.Base == SqlBaseType.Null || item.Type.Equals(type))
            return type;
        if (isLiteral && item is BoundConstant { Value: string } && !(type.Base is SqlBaseType.Array or SqlBaseType.Map or SqlBaseType.Struct))
            return type;
        if (isLiteral && type.Base == SqlBaseType.String && item is BoundConstant)
            return type;
        return Conversions.Common(type, item.Type) is { } common ? common
            : isLiteral && item.Type.Base == type.Base ? type
            : throw SqlErrors.DoesNotFit(written, item.Type, type);
    }
}
