using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions;

/// <summary>The order of boxed values of one type, as Java orders them: strings by UTF-16 units, NaN above all other numbers.</summary>
internal sealed class ValueOrder : IComparer<object>
{
    public static readonly ValueOrder Instance = new();

    /// <exception cref="FunctionException">Values of that type have no order: arrays, maps and structs.</exception>
    public int Compare(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (int a, int b) => a.CompareTo(b),
        (long a, long b) => a.CompareTo(b),
        (double a, double b) => CompareDoubles(a, b),
        (bool a, bool b) => a.CompareTo(b),
        (string a, string b) => string.CompareOrdinal(a, b),
        (BigDecimal a, BigDecimal b) => a.CompareTo(b),
        (SqlBytes a, SqlBytes b) => a.CompareTo(b),
        (SqlDate a, SqlDate b) => a.CompareTo(b),
        (SqlTime a, SqlTime b) => a.CompareTo(b),
        (SqlTimestamp a, SqlTimestamp b) => a.CompareTo(b),
        _ => throw new FunctionException("arrays, maps and structs have no order"),
    };

    /// <summary>The largest value that is not NULL, the first of equals; null without any.</summary>
    public static object? Largest(IEnumerable<object?> values) => Best(values, sign: 1);

    /// <summary>The smallest value that is not NULL, the first of equals; null without any.</summary>
    public static object? Smallest(IEnumerable<object?> values) => Best(values, sign: -1);

    private static object? Best(IEnumerable<object?> values, int sign)
    {
        object? best = null;
        foreach (var value in values)
        {
            if (value is not null && (best is null || Instance.Compare(value, best) * sign > 0))
                best = value;
        }
        return best;
    }

    private static int CompareDoubles(double left, double right) => (double.IsNaN(left), double.IsNaN(right)) switch
    {
        (true, true) => 0,
        (true, false) => 1,
        (false, true) => -1,
        // -0.0 lies below 0.0.
        _ => left == 0 && right == 0 ? double.IsNegative(right).CompareTo(double.IsNegative(left)) : left.CompareTo(right),
    };
}
