using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Binding;

/// <summary>Binds comparisons: knows which types can be compared, and converts both sides to one.</summary>
internal static class ComparisonBinder
{
    /// <param name="written">The expression as written, for messages.</param>
    /// <exception cref="SqlException">The two types cannot be compared so.</exception>
    public static BoundComparison Bind(string symbol, BoundExpression left, BoundExpression right, Expression written)
    {
        if (left.Type.Base == SqlBaseType.Null || right.Type.Base == SqlBaseType.Null)
            return IsDistinct(symbol) && (left.Type.Base, right.Type.Base) != (SqlBaseType.Null, SqlBaseType.Null)
                ? new(symbol, Conversions.To(left, right.Type), Conversions.To(right, left.Type), written.Span)
                : throw BindingErrors.ComparedWithNull(Conversions.Common(left.Type, right.Type)!, written);
        if (left.Type.IsNumeric && right.Type.IsNumeric)
            return Numeric(symbol, left, right, written);
        if (left.Type.IsTemporal && right.Type.Base == SqlBaseType.String)
            return new(symbol, left, new BoundCast(right, left.Type, right.Span), written.Span);
        if (right.Type.IsTemporal && left.Type.Base == SqlBaseType.String)
            return new(symbol, new BoundCast(left, right.Type, left.Span), right, written.Span);
        if (left.Type.IsTemporal && right.Type.IsTemporal && left.Type != right.Type && left.Type != SqlType.Time
            && right.Type != SqlType.Time)
            return new(symbol, Conversions.To(left, SqlType.Timestamp), Conversions.To(right, SqlType.Timestamp), written.Span);
        if (!left.Type.Equals(right.Type) || (!HasOrder(left.Type) && symbol is not ("=" or "<>") && !IsDistinct(symbol)))
            throw BindingErrors.NotComparable(symbol, left.Type, right.Type, written);
        return new(symbol, left, right, written.Span);
    }

    private static BoundComparison Numeric(string symbol, BoundExpression left, BoundExpression right, Expression written)
    {
        // A decimal is compared with a double as a decimal, digit by digit, as ksqlDB does.
        if (left.Type.Base == SqlBaseType.Decimal || right.Type.Base == SqlBaseType.Decimal)
            return new(symbol, AsDecimal(left), AsDecimal(right), written.Span);
        var common = Conversions.Common(left.Type, right.Type)!;
        return new(symbol, Conversions.To(left, common), Conversions.To(right, common), written.Span);
    }

    // Unlimited digits: the cast must not round what is compared.
    private static BoundExpression AsDecimal(BoundExpression expression) => expression.Type.Base switch
    {
        SqlBaseType.Decimal => expression,
        SqlBaseType.Double => new BoundCast(expression, SqlType.Decimal(int.MaxValue, DecimalOfDouble), expression.Span),
        _ => Conversions.To(expression, Conversions.AsDecimal(expression.Type)),
    };

    /// <summary>Scale that stands for "as many digits as the double has".</summary>
    public const int DecimalOfDouble = -1;

    private static bool IsDistinct(string symbol) => symbol.StartsWith("IS", StringComparison.Ordinal);

    private static bool HasOrder(SqlType type) =>
        type.Base is not (SqlBaseType.Boolean or SqlBaseType.Array or SqlBaseType.Map or SqlBaseType.Struct);
}
