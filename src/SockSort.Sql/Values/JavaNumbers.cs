
namespace SockSort.Sql.Values;

/// <summary>Arithmetic as Java does it where .NET differs.</summary>
public static class JavaNumbers
{
    /// <summary>Converts to a whole number: NaN becomes 0, a number that is too large becomes the limit.</summary>
    public static int ToInt(double value) =>
        double.ConvertToInteger<int>(value);

    /// <summary>Converts to a whole number: NaN becomes 0, a number that is too large becomes the limit.</summary>
    public static long ToLong(double value) =>
        double.ConvertToInteger<long>(value);

    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static int Divide(int left, int right) => right == -1 ? unchecked(-left) : left / right;

    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static long Divide(long left, long right) => right == -1 ? unchecked(-left) : left / right;

    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static int Remainder(int left, int right) => right == -1 ? 0 : left % right;

    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static long Remainder(long left, long right) => right == -1 ? 0 : left % right;
}
