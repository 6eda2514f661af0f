using System.Globalization;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Numbers of JSON as Java's <c>BigDecimal</c> writes them: trailing zeros stay (1.23450), exponents in its own form.</summary>
internal static class JacksonNumber
{
    // Java goes to scientific form below 0.000001.
    private const int SmallestPlainExponent = -6;
    private const int MaxZeros = 10_000;

    /// <param name="raw">A number as it stands in JSON.</param>
    /// <param name="plain">Whether an exponent is never used.</param>
    public static string Of(string raw, bool plain)
    {
        if (raw.AsSpan().IndexOfAny(".eE") < 0)
            return raw == "-0" ? "0" : raw;
        var exponentAt = raw.AsSpan().IndexOfAny('e', 'E');
        var mantissa = exponentAt < 0 ? raw : raw[..exponentAt];
        if (!int.TryParse(
            exponentAt < 0 ? "0" : raw.AsSpan(exponentAt + 1),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var exponent) || Math.Abs(exponent) > MaxZeros)
            return raw;
        var sign = mantissa[0] == '-' ? "-" : "";
        var point = mantissa.IndexOf('.');
        var scale = (point < 0 ? 0 : mantissa.Length - point - 1) - exponent;
        var digits = mantissa.TrimStart('-').Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        digits = digits.Length == 0 ? "0" : digits;
        var shown = plain ? Plain(digits, scale) : Shortest(digits, scale);
        return digits == "0" ? shown : sign + shown;
    }

    private static string Shortest(string digits, int scale)
    {
        var exponent = digits.Length - 1 - scale;
        if (scale >= 0 && exponent >= SmallestPlainExponent)
            return Plain(digits, scale);
        var tail = digits.Length > 1 ? $".{digits[1..]}" : "";
        var shown = exponent == 0 ? "" : exponent.ToString("'E+'0;'E-'0", CultureInfo.InvariantCulture);
        return $"{digits[0]}{tail}{shown}";
    }

    private static string Plain(string digits, int scale)
    {
        if (scale <= 0)
            return digits == "0" ? "0" : digits + new string('0', -scale);
        var padded = digits.PadLeft(scale + 1, '0');
        return $"{padded[..^scale]}.{padded[^scale..]}";
    }
}
