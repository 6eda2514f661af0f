using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Size, sign and rounding of numbers.</summary>
internal sealed class NumberFunctions : IFunctionFamily
{
    private static readonly string[] ExtremeTypes =
        ["INTEGER", "BIGINT", "DOUBLE", "STRING", "BYTES", "DATE", "TIME", "TIMESTAMP"];

    public string Title => "Numbers";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction("ABS", "the absolute value; the lowest INTEGER and BIGINT have none and stay as they are")
            .Example("ABS(-3)", "3").Example("ABS(-2.50)", "2.50")
            .On((int value) => value < 0 ? unchecked(-value) : value)
            .On((long value) => value < 0 ? unchecked(-value) : value)
            .On((double value) => Math.Abs(value))
            .On((BigDecimal value) => value.Sign < 0 ? -value : value, types => types[0]),
        new ScalarFunction("CEIL", "the smallest whole number that is not below the value, in the value's type")
            .Example("CEIL(2.1)", "3.0").Example("CEIL(-2.1E0)", "-2.0")
            .On((int value) => value)
            .On((long value) => value)
            .On((double value) => Math.Ceiling(value))
            .On((BigDecimal value) => Whole(value, MidpointRounding.ToPositiveInfinity), types => types[0]),
        new ScalarFunction("FLOOR", "the largest whole number that is not above the value, in the value's type")
            .Example("FLOOR(2.9)", "2.0").Example("FLOOR(-2.1E0)", "-3.0")
            .On((int value) => value)
            .On((long value) => value)
            .On((double value) => Math.Floor(value))
            .On((BigDecimal value) => Whole(value, MidpointRounding.ToNegativeInfinity), types => types[0]),
        new ScalarFunction(
            "ROUND",
            "the value rounded to that many digits after the point (none: whole; negative: before the point); halves go "
                + "up, towards larger numbers")
            .Example("ROUND(2.5E0)", "3")
            .Example("ROUND(-2.5E0)", "-2")
            .Example("ROUND(1234.567, 1)", "1234.600")
            .Example("ROUND(1234.567E0, -2)", "1200.0")
            .On((int value) => (long)value)
            .On((long value) => value)
            .On((double value) => RoundToWhole(value))
            .On((BigDecimal value) => RoundUp(value, 0), types => WholeOf(types[0]))
            .On((double value, int digits) => double.IsFinite(value) ? RoundUp(BigDecimal.FromDouble(value), digits).ToDouble() : value)
            .On((BigDecimal value, int digits) => RoundUp(value, digits).WithScale(value.Scale), types => types[0]),
        new ScalarFunction("TRUNC", "the value cut to that many digits after the point (none: whole; negative: before the point)")
            .Example("TRUNC(2.9E0)", "2").Example("TRUNC(-1234.567, 1)", "-1234.500").Example("TRUNC(1289.0E0, -2)", "1200.0")
            .On((int value) => (long)value)
            .On((long value) => value)
            .On((double value) => JavaNumbers.ToLong(value))
            .On((BigDecimal value) => value.WithScale(0, MidpointRounding.ToZero), types => WholeOf(types[0]))
            .On((double value, int digits) => double.IsFinite(value) ? Cut(BigDecimal.FromDouble(value), digits).ToDouble() : value)
            .On((BigDecimal value, int digits) => Cut(value, digits).WithScale(value.Scale), types => types[0]),
        new ScalarFunction("SIGN", "-1, 0 or 1 for a negative value, zero, a positive value")
            .Example("SIGN(-12)", "-1").Example("SIGN(0.0)", "0")
            .On((int value) => Math.Sign(value))
            .On((long value) => Math.Sign(value))
            .On((double value) => double.IsNaN(value) ? 0 : Math.Sign(value)),
        new ScalarFunction("RANDOM", "a number drawn evenly from 0.0 up to, not including, 1.0; anew for each row")
            .On((FunctionContext context) => context.Random.NextDouble()),
        Extreme("GREATEST", "the largest of the values").Example("GREATEST(3, 7, 5)", "7").Example("GREATEST('a', NULL, 'c')", "c"),
        Extreme("LEAST", "the smallest of the values").Example("LEAST(3, 7, 5)", "3").Example("LEAST(1.5, NULL, 2.0)", "1.5"),
    ];

    private static ScalarFunction Extreme(string name, string description)
    {
        Func<object?, object?[], object?> body = name == "GREATEST"
            ? (first, others) => ValueOrder.Largest([first, .. others])
            : (first, others) => ValueOrder.Smallest([first, .. others]);
        var function = new ScalarFunction(name, description).Nulls("NULLs do not count; NULL where all are");
        foreach (var type in ExtremeTypes)
            _ = function.On($"first {type}, others {type}...", type, body, seesNulls: true);
        return function.On("first DECIMAL, others DECIMAL...", (types, _) => Widest(types), ScaledTo(body), seesNulls: true);
    }

    /// <summary>Each argument has a scale of its own; the result has the largest of them, as its type says.</summary>
    private static Func<BigDecimal?, BigDecimal?[], BigDecimal?> ScaledTo(Func<object?, object?[], object?> body) => (first, others) =>
        body(first, others) is BigDecimal best ? best.WithScale(others.Append(first).Max(value => value?.Scale ?? 0)) : null;

    private static SqlType Widest(IReadOnlyList<SqlType> types) =>
        types.Cast<DecimalType>().Aggregate((widest, type) => widest.Widened(type));

    private static DecimalType WholeOf(SqlType type) =>
        type is DecimalType own ? SqlType.Decimal(Math.Max(1, own.Precision - own.Scale), 0) : SqlType.Decimal(1, 0);

    private static BigDecimal Whole(BigDecimal value, MidpointRounding rounding) => value.WithScale(0, rounding).WithScale(value.Scale);

    /// <summary>Half a unit is added, then the number is cut downwards: so -2.5 becomes -2, as Java's <c>Math.round</c> has it.</summary>
    private static BigDecimal RoundUp(BigDecimal value, int digits) => digits >= value.Scale
        ? value.WithScale(Bounded(digits))
        : (value + new BigDecimal(5, Bounded(digits) + 1)).WithScale(Bounded(digits), MidpointRounding.ToNegativeInfinity);

    private static BigDecimal Cut(BigDecimal value, int digits) => value.WithScale(Bounded(digits), MidpointRounding.ToZero);

    // A double has at most 1074 digits after the point and 309 before it: further ones are zeros, but cost memory.
    private static int Bounded(int digits) => Math.Clamp(digits, -400, 1100);

    private static long RoundToWhole(double value)
    {
        var floor = Math.Floor(value);
        return JavaNumbers.ToLong(value - floor >= 0.5 ? floor + 1 : floor);
    }
}
