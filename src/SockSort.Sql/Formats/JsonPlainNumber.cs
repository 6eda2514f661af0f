namespace SockSort.Sql.Formats;

/// <summary>Reads the numbers that most records hold: some digits, with a point or without.</summary>
internal static class JsonPlainNumber
{
    // Below 2^53 each whole number is a double, and so are the powers of ten up to 22: one division of two of them rounds once, as
    // IEEE 754 rounds the decimal number itself.
    private const int MostExactDigits = 15;

    // Of so many digits none leaves 64 bits.
    private const int MostLongDigits = 18;

    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <param name="number">A number by JSON's grammar.</param>
    /// <returns>False where it is too long, or has a point or an exponent.</returns>
    public static bool TryLong(ReadOnlySpan<byte> number, out long value)
    {
        var isNegative = number[0] == '-';
        var digits = isNegative ? number[1..] : number;
        value = 0;
        if (digits.Length > MostLongDigits)
            return false;
        foreach (var digit in digits)
        {
            if ((uint)(digit - '0') > 9)
                return false;
            value = (value * 10) + (digit - '0');
        }
        if (isNegative)
            value = -value;
        return true;
    }

    /// <param name="number">A number by JSON's grammar.</param>
    /// <returns>False where it has an exponent or more digits than one division makes a double of without a second rounding.</returns>
    public static bool TryDouble(ReadOnlySpan<byte> number, out double value)
    {
        var isNegative = number[0] == '-';
        var digits = isNegative ? number[1..] : number;
        value = 0;
        // One more for the point.
        if (digits.Length > MostExactDigits + 1)
            return false;
        var (whole, point) = (0L, digits.Length - 1);
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[i];
            if ((uint)(digit - '0') <= 9)
                whole = (whole * 10) + (digit - '0');
            else if (digit == '.')
                point = i;
            else
                return false;
        }
        var decimals = digits.Length - 1 - point;
        if (digits.Length - (decimals == 0 ? 0 : 1) > MostExactDigits)
            return false;
        value = decimals == 0 ? whole : whole / PowersOfTen[decimals];
        if (isNegative)
            value = -value;
        return true;
    }
}
