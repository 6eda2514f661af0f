using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace SockSort.Sql.Formats;

/// <summary>Writes the values that most records hold, as JSON in UTF-8, without a writer that checks and escapes.</summary>
/// <remarks>Each method needs a span of <see cref="MostBytes"/>, and gives 0 where the value is more than plain.</remarks>
internal static class JsonPlainText
{
    /// <summary>Bytes that a number takes at most, and a string beside its characters.</summary>
    public const int MostBytes = 32;

    // Java's Double.toString writes numbers below 10^7 without exponent, from a thousandth on; with so many decimals all their digits
    // together are at most 13, which a double holds exactly.
    private const int MostDecimals = 6;
    private const double LeastPlain = 1e-3;
    private const double MostPlain = 1e7;

    // What the encoder of JsonText leaves as it is, of ASCII.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(letter => letter is not ('"' or '\\'))]);

    /// <param name="into">Room for <see cref="MostBytes"/> more than the text has characters.</param>
    public static int Write(string text, Span<byte> into)
    {
        if (text.AsSpan().ContainsAnyExcept(Plain))
            return 0;
        into[0] = (byte)'"';
        _ = Ascii.FromUtf16(text, into[1..], out var length);
        into[length + 1] = (byte)'"';
        return length + 2;
    }

    public static int Write(long value, Span<byte> into)
    {
        _ = Utf8Formatter.TryFormat(value, into, out var length);
        return length;
    }

    /// <summary>Writes a number of few decimals as Java does, with one decimal at least.</summary>
    public static int Write(double value, Span<byte> into)
    {
        var magnitude = Math.Abs(value);
        if (!(magnitude is >= LeastPlain and < MostPlain))
            return 0;
        var (power, decimals) = (10L, 1);
        // The first number of decimals that gives the value back is the shortest text: both numbers are exact, so that the division
        // rounds as reading the text does.
        while (Math.Round(magnitude * power) / power != magnitude)
        {
            if (++decimals > MostDecimals)
                return 0;
            power *= 10;
        }
        var (whole, fraction) = Math.DivRem((long)Math.Round(magnitude * power), power);
        var at = 0;
        if (value < 0)
            into[at++] = (byte)'-';
        at += Write(whole, into[at..]);
        into[at++] = (byte)'.';
        for (var i = decimals - 1; i >= 0; i--)
        {
            into[at + i] = (byte)('0' + (fraction % 10));
            fraction /= 10;
        }
        return at + decimals;
    }
}
