using System.Linq.Expressions;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Execution;

/// <summary>
/// Compiles comparisons. With a NULL on either side the answer is false (null.json: null equals), but for IS [NOT] DISTINCT FROM.
/// </summary>
internal static class ComparisonCompiler
{
    /// <summary>Compiles an expression of type <c>bool?</c> that is never NULL.</summary>
    public static Expression Compile(string symbol, SqlType type, Expression left, Expression right)
    {
        var l = Expression.Variable(left.Type, "left");
        var r = Expression.Variable(right.Type, "right");
        var (leftNull, rightNull) = (ExpressionCompiler.IsNull(l), ExpressionCompiler.IsNull(r));
        Expression test = symbol switch
        {
            "IS DISTINCT FROM" => Expression.Condition(
                Expression.OrElse(leftNull, rightNull), Expression.NotEqual(leftNull, rightNull), Test("<>", type, l, r)),
            "IS NOT DISTINCT FROM" => Expression.Condition(
                Expression.OrElse(leftNull, rightNull), Expression.Equal(leftNull, rightNull), Test("=", type, l, r)),
            _ => Expression.AndAlso(Expression.Not(Expression.OrElse(leftNull, rightNull)), Test(symbol, type, l, r)),
        };
        return Expression.Block([l, r], Expression.Assign(l, left), Expression.Assign(r, right), Expression.Convert(test, typeof(bool?)));
    }

    private static Expression Test(string symbol, SqlType type, Expression left, Expression right)
    {
        if (type.Base is SqlBaseType.Integer or SqlBaseType.Bigint or SqlBaseType.Double or SqlBaseType.Boolean)
            return Binary(symbol, Expression.Property(left, "Value"), Expression.Property(right, "Value"));
        if (symbol is "=" or "<>")
        {
            var equal = type.Base == SqlBaseType.String
                ? Expression.Call(((Func<string, string, bool>)string.Equals).Method, left, right)
                : Expression.Call(((Func<object, object, bool>)Equals).Method, Boxed(left), Boxed(right));
            return symbol == "=" ? equal : Expression.Not(equal);
        }
        var order = type.Base switch
        {
            SqlBaseType.String => Expression.Call(((Func<string, string, int>)string.CompareOrdinal).Method, left, right),
            SqlBaseType.Decimal => Expression.Call(((Func<BigDecimal, BigDecimal, int>)Order).Method, left, right),
            SqlBaseType.Bytes => Expression.Call(((Func<SqlBytes, SqlBytes, int>)Order).Method, left, right),
            _ => Expression.Call(Expression.Property(left, "Value"), "CompareTo", null, Expression.Property(right, "Value")),
        };
        return Binary(symbol, order, Expression.Constant(0));
    }

    /// <summary>A comparison of two values of one type that are not NULL.</summary>
    public static Expression Binary(string symbol, Expression left, Expression right) => symbol switch
    {
        "=" => Expression.Equal(left, right),
        "<>" => Expression.NotEqual(left, right),
        "<" => Expression.LessThan(left, right),
        "<=" => Expression.LessThanOrEqual(left, right),
        ">" => Expression.GreaterThan(left, right),
        _ => Expression.GreaterThanOrEqual(left, right),
    };

    private static Expression Boxed(Expression value) => Expression.Convert(value, typeof(object));

    private static int Order<T>(T left, T right)
        where T : IComparable<T> => left.CompareTo(right);
}
