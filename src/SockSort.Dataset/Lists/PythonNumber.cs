using System.Globalization;
using System.Numerics;
using System.Text;

namespace SockSort.Dataset.Lists;

/// <summary>
/// Numbers as Python's <c>int()</c> and <c>float()</c> read them: any decimal digits of Unicode, single <c>_</c> between digits, blanks
/// around.
/// </summary>
internal static class PythonNumber
{
    // Python itself refuses whole numbers of more digits than this.
    private const int MostDigits = 4300;

    public static bool TryParseInteger(string text, out BigInteger value)
    {
        value = default;
        return TryPlain(text, out var plain)
            && plain.Length <= MostDigits
            && plain.AsSpan().TrimStart("+-").IndexOfAnyExceptInRange('0', '9') < 0
            && BigInteger.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryParseFloat(string text, out double value)
    {
        value = default;
        return TryPlain(text, out var plain)
            && (TryParseNamed(plain.ToLowerInvariant(), out value)
                || (plain.AsSpan().IndexOfAnyExcept("0123456789.eE+-") < 0
                    && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out value)));
    }

    private static bool TryParseNamed(string text, out double value)
    {
        var negative = text.StartsWith('-');
        // The sign of .NET's own NaN is set, that of Python's is not.
        value = (text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text) switch
        {
            "inf" or "infinity" => negative ? double.NegativeInfinity : double.PositiveInfinity,
            "nan" => negative ? double.NaN : Math.Abs(double.NaN),
            _ => 0,
        };
        return value != 0;
    }

    /// <summary>
    /// Digits of other scripts become ASCII, blanks around go, and so does each <c>_</c> that stands between two digits; any other is
    /// refused.
    /// </summary>
    private static bool TryPlain(string text, out string plain)
    {
        var built = new StringBuilder(text.Length);
        var trimmed = PythonText.Strip(text);
        var underscore = false;
        foreach (var rune in trimmed.EnumerateRunes())
        {
            var digit = CharUnicodeInfo.GetDecimalDigitValue(rune.ToString(), 0);
            if (underscore && digit < 0)
                return Fail(out plain);
            underscore = rune.Value == '_';
            if (underscore && (built.Length == 0 || !char.IsAsciiDigit(built[^1])))
                return Fail(out plain);
            if (digit >= 0)
                built.Append((char)('0' + digit));
            else if (!underscore)
                built.Append(rune);
        }
        plain = built.ToString();
        return !underscore && plain.Length > 0;
    }

    private static bool Fail(out string plain)
    {
        plain = "";
        return false;
    }
}
