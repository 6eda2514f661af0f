using System.Globalization;
using System.Numerics;

namespace SockSort.Sql.Types;

/// <summary>
/// A decimal number of any length: <c>unscaled / 10^scale</c>. Two values are equal when the numbers are (1.0 = 1.00), as SQL compares
/// them.
/// </summary>
/// <remarks>DECIMAL goes to 38 digits and beyond in ksqlDB (math.json: DECIMAL(33, 16)); .NET's own decimal ends at 28.</remarks>
public sealed class BigDecimal(BigInteger unscaled, int scale) : IEquatable<BigDecimal>, IComparable<BigDecimal>
{
    public BigInteger Unscaled { get; } = unscaled;

    /// <summary>Digits after the point; may be negative in between.</summary>
    public int Scale { get; } = scale;

    /// <summary>All digits without leading zeros, at least 1.</summary>
    public int Precision => BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).Length;

    public int Sign => Unscaled.Sign;

    public static BigDecimal operator +(BigDecimal left, BigDecimal right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return new(left.UnscaledAt(scale) + right.UnscaledAt(scale), scale);
    }

    public static BigDecimal operator -(BigDecimal left, BigDecimal right) => left + -right;

    public static BigDecimal operator -(BigDecimal value) => new(-value.Unscaled, value.Scale);

    public static BigDecimal operator *(BigDecimal left, BigDecimal right) => new(left.Unscaled * right.Unscaled, left.Scale + right.Scale);

    public static BigDecimal operator %(BigDecimal left, BigDecimal right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return new(BigInteger.Remainder(left.UnscaledAt(scale), right.UnscaledAt(scale)), scale);
    }

    public static BigDecimal FromLong(long value) => new(value, 0);

    /// <summary>The shortest decimal that reads back as that double, as Java's <c>BigDecimal.valueOf</c>.</summary>
    /// <exception cref="OverflowException">NaN or infinite.</exception>
    public static BigDecimal FromDouble(double value) =>
        double.IsFinite(value)
            ? Parse(value.ToString("R", CultureInfo.InvariantCulture))
            : throw new OverflowException("NaN and infinity are no decimals");

    /// <exception cref="FormatException">Not a number.</exception>
    public static BigDecimal Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"not a decimal: '{text}'");

    /// <summary>Reads <c>-12.50</c>, <c>1e3</c>, <c>.5</c>.</summary>
    public static bool TryParse(string text, out BigDecimal value)
    {
        value = new(0, 0);
        var exponent = 0;
        var mantissa = text.AsSpan().Trim();
        var e = mantissa.IndexOfAny('e', 'E');
        if (e >= 0 && !int.TryParse(mantissa[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return false;
        // Longer exponents would make numbers of megabytes out of a few letters.
        if (Math.Abs(exponent) > 10_000)
            return false;
        mantissa = e >= 0 ? mantissa[..e] : mantissa;
        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        if (!BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unscaled))
            return false;
        var scale = (point < 0 ? 0 : mantissa.Length - point - 1) - exponent;
        value = scale < 0 ? new(unscaled * BigInteger.Pow(10, -scale), 0) : new(unscaled, scale);
        return true;
    }

    /// <summary>The quotient with that many digits after the point.</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public BigDecimal DivideBy(BigDecimal divisor, int scale, MidpointRounding rounding = MidpointRounding.AwayFromZero)
    {
        // a/10^s / (b/10^t) = a/b * 10^(t-s); one more digit is not enough to round, so the remainder decides.
        var shift = scale + divisor.Scale - Scale;
        var numerator = shift >= 0 ? Unscaled * BigInteger.Pow(10, shift) : Unscaled;
        var denominator = shift >= 0 ? divisor.Unscaled : divisor.Unscaled * BigInteger.Pow(10, -shift);
        return new(DivideRounded(numerator, denominator, rounding), scale);
    }

    /// <summary>The same number with that many digits after the point, rounded where digits are lost.</summary>
    public BigDecimal WithScale(int scale, MidpointRounding rounding = MidpointRounding.AwayFromZero) =>
        scale >= Scale
            ? new(UnscaledAt(scale), scale)
            : new(DivideRounded(Unscaled, BigInteger.Pow(10, Scale - scale), rounding), scale);

    public double ToDouble() => double.Parse(ToString(), CultureInfo.InvariantCulture);

    /// <summary>The whole part, low 64 bits, as Java's <c>longValue</c>.</summary>
    public long ToLong() => unchecked((long)(ulong)(WithScale(0, MidpointRounding.ToZero).Unscaled & ulong.MaxValue));

    public int CompareTo(BigDecimal? other)
    {
        if (other is null)
            return 1;
        var scale = Math.Max(Scale, other.Scale);
        return UnscaledAt(scale).CompareTo(other.UnscaledAt(scale));
    }

    public bool Equals(BigDecimal? other) => other is not null && CompareTo(other) == 0;

    public override bool Equals(object? obj) => Equals(obj as BigDecimal);

    public override int GetHashCode()
    {
        var (digits, scale) = (Unscaled, Scale);
        while (!digits.IsZero && digits % 10 == 0)
            (digits, scale) = (digits / 10, scale - 1);
        return digits.IsZero ? 0 : HashCode.Combine(digits, scale);
    }

    /// <summary>Writes the number without exponent, with all digits after the point: <c>1.50</c>.</summary>
    public override string ToString()
    {
        if (Scale <= 0)
            return (Unscaled * BigInteger.Pow(10, -Scale)).ToString(CultureInfo.InvariantCulture);
        var digits = BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        return $"{(Unscaled.Sign < 0 ? "-" : "")}{digits[..^Scale]}.{digits[^Scale..]}";
    }

    private static BigInteger DivideRounded(BigInteger numerator, BigInteger denominator, MidpointRounding rounding)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        if (remainder.IsZero)
            return quotient;
        var sign = numerator.Sign * denominator.Sign;
        var half = (BigInteger.Abs(remainder) * 2).CompareTo(BigInteger.Abs(denominator));
        var away = rounding switch
        {
            MidpointRounding.AwayFromZero => half >= 0,
            MidpointRounding.ToEven => half > 0 || (half == 0 && !quotient.IsEven),
            MidpointRounding.ToNegativeInfinity => sign < 0,
            MidpointRounding.ToPositiveInfinity => sign > 0,
            _ => false,
        };
        return away ? quotient + sign : quotient;
    }

    private BigInteger UnscaledAt(int scale) => Unscaled * BigInteger.Pow(10, scale - Scale);
}
