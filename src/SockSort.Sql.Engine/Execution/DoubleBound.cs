using System.Globalization;
using System.Linq.Expressions;
using SockSort.Sql.Binding;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Execution;

/// <summary>
/// Compares a DOUBLE with a decimal literal, as in <c>probability > 0.8</c>: digit by digit as the dialect has it, but almost always by the
/// two doubles.
/// </summary>
/// <remarks>
/// Reading a decimal number as a double keeps the order. So where the literal's double is another than the value, the value's digits lie on
/// the same side of the literal's; only where both are one double the digits decide.
/// </remarks>
internal sealed class DoubleBound(BigDecimal bound)
{
    private readonly double _nearest = double.Parse(bound.ToString(), CultureInfo.InvariantCulture);

    /// <summary>Compiles a comparison of this form.</summary>
    /// <param name="comparison">Any comparison.</param>
    /// <param name="compile">Compiles its operands.</param>
    /// <returns>An expression of type <c>bool?</c> that is never NULL; null where the comparison has another form.</returns>
    public static Expression? Compile(BoundComparison comparison, Func<BoundExpression, Expression> compile)
    {
        var (value, bound, symbol) = (comparison.Left, comparison.Right, comparison.Operator);
        if (value is BoundConstant)
            (value, bound, symbol) = (bound, value, Mirrored(symbol));
        // A negative scale stands for as many digits as the double has.
        if (value is not BoundCast { Type: DecimalType { Scale: < 0 }, Operand: var number }
            || number.Type.Base != SqlBaseType.Double || bound is not BoundConstant { Value: BigDecimal literal }
            || symbol.StartsWith("IS", StringComparison.Ordinal))
            return null;
        var compared = Expression.Variable(typeof(double?), "number");
        var order = Expression.Call(
            Expression.Constant(new DoubleBound(literal)), nameof(Compare), null, Expression.Property(compared, "Value"));
        var test = Expression.AndAlso(
            Expression.Property(compared, "HasValue"), ComparisonCompiler.Binary(symbol, order, Expression.Constant(0)));
        return Expression.Block([compared], Expression.Assign(compared, compile(number)), Expression.Convert(test, typeof(bool?)));
    }

    /// <summary>The order of a value and the literal: below 0, 0 or above 0.</summary>
    /// <exception cref="OverflowException">The value is no number, or infinite.</exception>
    public int Compare(double value)
    {
        if (double.IsFinite(value) && value != _nearest)
            return value < _nearest ? -1 : 1;
        return BigDecimal.FromDouble(value).CompareTo(bound);
    }

    private static string Mirrored(string symbol) => symbol switch
    {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => symbol,
    };
}
