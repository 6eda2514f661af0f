using System.Linq.Expressions;
using SockSort.Sql.Binding;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Code of arithmetic and logic.</summary>
internal static class OperatorCompiler
{
    public static Expression Negate(Expression operand, SqlType type) => type is DecimalType
        ? Expression.Call(((Func<BigDecimal?, BigDecimal?>)NegateDecimal).Method, operand)
        : Expression.Negate(operand);

    public static Expression Arithmetic(BoundArithmetic arithmetic, Expression left, Expression right) => arithmetic.Type.Base switch
    {
        SqlBaseType.String => Expression.Call(((Func<string?, string?, string?>)Concat).Method, left, right),
        SqlBaseType.Decimal => Decimal(arithmetic.Operator, (DecimalType)arithmetic.Type, left, right),
        _ => Number(arithmetic.Operator, left, right),
    };

    /// <summary>
    /// AND stops at false, OR at true. A NULL that is reached makes the whole NULL, as the null pointer does in ksqlDB's generated Java.
    /// </summary>
    public static Expression Logical(bool isAnd, Expression left, Expression right)
    {
        var first = Expression.Variable(typeof(bool?), "first");
        var stop = Expression.Constant(!isAnd, typeof(bool?));
        var stops = Expression.OrElse(Expression.Not(Expression.Property(first, "HasValue")), Expression.Equal(first, stop));
        return Expression.Block([first], Expression.Assign(first, left), Expression.Condition(stops, first, right));
    }

    private static Expression Number(string symbol, Expression left, Expression right)
    {
        var isDouble = left.Type == typeof(double?);
        return symbol switch
        {
            "+" => Expression.Add(left, right),
            "-" => Expression.Subtract(left, right),
            "*" => Expression.Multiply(left, right),
            "/" when isDouble => Expression.Divide(left, right),
            "%" when isDouble => Expression.Modulo(left, right),
            "/" => Expression.Divide(left, right, Method(left.Type, nameof(JavaNumbers.Divide))),
            _ => Expression.Modulo(left, right, Method(left.Type, nameof(JavaNumbers.Remainder))),
        };
    }

    private static System.Reflection.MethodInfo Method(Type nullable, string name)
    {
        var type = Nullable.GetUnderlyingType(nullable)!;
        return typeof(JavaNumbers).GetMethod(name, [type, type])!;
    }

    private static Expression Decimal(string symbol, DecimalType type, Expression left, Expression right)
    {
        Func<BigDecimal?, BigDecimal?, int, BigDecimal?> operation = symbol switch
        {
            "+" => Add,
            "-" => Subtract,
            "*" => Multiply,
            "/" => Divide,
            _ => Remainder,
        };
        return Expression.Call(operation.Method, left, right, Expression.Constant(type.Scale));
    }

    private static BigDecimal? NegateDecimal(BigDecimal? value) => value is null ? null : -value;

    private static string? Concat(string? left, string? right) => left is null || right is null ? null : left + right;

    private static BigDecimal? Add(BigDecimal? left, BigDecimal? right, int scale) =>
        left is null || right is null ? null : (left + right).WithScale(scale);

    private static BigDecimal? Subtract(BigDecimal? left, BigDecimal? right, int scale) =>
        left is null || right is null ? null : (left - right).WithScale(scale);

    private static BigDecimal? Multiply(BigDecimal? left, BigDecimal? right, int scale) =>
        left is null || right is null ? null : (left * right).WithScale(scale);

    private static BigDecimal? Divide(BigDecimal? left, BigDecimal? right, int scale) =>
        left is null || right is null ? null : left.DivideBy(right, scale);

    private static BigDecimal? Remainder(BigDecimal? left, BigDecimal? right, int scale) =>
        left is null || right is null ? null : (left % right).WithScale(scale);
}
