using SockSort.Sql.Types;

namespace SockSort.Sql.Binding;

/// <summary>Implicit conversions: INTEGER, BIGINT, DECIMAL, DOUBLE in that order; NULL to any type.</summary>
internal static class Conversions
{
    // Digits of the widest value: 2147483647 and 9223372036854775807.
    private static readonly DecimalType IntegerDigits = SqlType.Decimal(10, 0);
    private static readonly DecimalType BigintDigits = SqlType.Decimal(19, 0);

    /// <summary>Counts the steps of widening from one type to another: 0 when equal, null when there is no conversion.</summary>
    public static int? Distance(SqlType from, SqlType to)
    {
        if (from.Equals(to) || from.Base == SqlBaseType.Null)
            return 0;
        if (!from.IsNumeric || !to.IsNumeric)
            return null;
        if (from is DecimalType source && to is DecimalType target)
            return source.Widened(target).Equals(target) ? 1 : null;
        return Rank(to) > Rank(from) ? Rank(to) - Rank(from) : null;
    }

    public static bool CanWiden(SqlType from, SqlType to) => Distance(from, to) is not null;

    /// <summary>Finds the narrowest type that both convert to; null for none.</summary>
    public static SqlType? Common(SqlType left, SqlType right)
    {
        if (left.Base == SqlBaseType.Null)
            return right;
        if (right.Base == SqlBaseType.Null || left.Equals(right))
            return left;
        if (left.IsNumeric && right.IsNumeric)
        {
            if (left.Base == SqlBaseType.Decimal || right.Base == SqlBaseType.Decimal)
                return left.Base == SqlBaseType.Double || right.Base == SqlBaseType.Double
                    ? SqlType.Double
                    : AsDecimal(left).Widened(AsDecimal(right));
            return Rank(left) >= Rank(right) ? left : right;
        }
        return (left, right) switch
        {
            (ArrayType a, ArrayType b) when Common(a.Element, b.Element) is { } element => SqlType.ArrayOf(element),
            (MapType a, MapType b) when Common(a.Key, b.Key) is { } key && Common(a.Value, b.Value) is { } value =>
                SqlType.MapOf(key, value),
            _ => null,
        };
    }

    public static DecimalType AsDecimal(SqlType type) => type switch
    {
        DecimalType own => own,
        { Base: SqlBaseType.Integer } => IntegerDigits,
        _ => BigintDigits,
    };

    /// <summary>Converts the expression to a type: itself, a constant of that type, or a cast.</summary>
    public static BoundExpression To(BoundExpression expression, SqlType type)
    {
        if (expression.Type.Equals(type))
            return expression;
        if (expression is BoundConstant { Value: null })
            return new BoundConstant(null, type, expression.Span);
        return new BoundCast(expression, type, expression.Span);
    }

    /// <summary>Finds the type of <c>left operator right</c>; null where there is none.</summary>
    public static SqlType? ArithmeticType(string symbol, SqlType left, SqlType right)
    {
        if (left.Base == SqlBaseType.String && right.Base == SqlBaseType.String)
            return symbol == "+" ? SqlType.String : null;
        if (!left.IsNumeric || !right.IsNumeric)
            return null;
        if (left.Base == SqlBaseType.Double || right.Base == SqlBaseType.Double)
            return SqlType.Double;
        if (left.Base == SqlBaseType.Decimal || right.Base == SqlBaseType.Decimal)
            return DecimalResult(symbol, AsDecimal(left), AsDecimal(right));
        return Rank(left) >= Rank(right) ? left : right;
    }

    /// <summary>Finds precision and scale by SQL Server's rules, which ksqlDB follows.</summary>
    private static DecimalType DecimalResult(string symbol, DecimalType left, DecimalType right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        var whole = Math.Max(left.Precision - left.Scale, right.Precision - right.Scale);
        var quotientScale = Math.Max(6, left.Scale + right.Precision + 1);
        return symbol switch
        {
            "*" => SqlType.Decimal(left.Precision + right.Precision + 1, left.Scale + right.Scale),
            "/" => SqlType.Decimal(left.Precision - left.Scale + right.Scale + quotientScale, quotientScale),
            "%" => SqlType.Decimal(Math.Min(left.Precision - left.Scale, right.Precision - right.Scale) + scale, scale),
            _ => SqlType.Decimal(whole + scale + 1, scale),
        };
    }

    private static int Rank(SqlType type) => type.Base switch
    {
        SqlBaseType.Integer => 0,
        SqlBaseType.Bigint => 1,
        SqlBaseType.Decimal => 2,
        _ => 3,
    };
}
