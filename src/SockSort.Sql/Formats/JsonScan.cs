using System.Numerics;
using System.Runtime.Intrinsics;

namespace SockSort.Sql.Formats;

/// <summary>Finds where values end in the bytes of JSON, sixteen bytes at a time where they are long.</summary>
internal static class JsonScan
{
    private const byte FirstPrintable = 0x20;

    /// <summary>The number of bytes before the first quote, backslash or control character; the length where there is none.</summary>
    /// <param name="bytes">What follows a string's opening quote.</param>
    public static int PlainLength(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        for (; at + Vector128<byte>.Count <= bytes.Length; at += Vector128<byte>.Count)
        {
            var next = Vector128.Create(bytes.Slice(at, Vector128<byte>.Count));
            var ends = Vector128.Equals(next, Vector128.Create((byte)'"')) | Vector128.Equals(next, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(next, Vector128.Create(FirstPrintable));
            if (ends != Vector128<byte>.Zero)
                return at + BitOperations.TrailingZeroCount(ends.ExtractMostSignificantBits());
        }
        while (at < bytes.Length && bytes[at] is not ((byte)'"' or (byte)'\\' or < FirstPrintable))
            at++;
        return at;
    }

    /// <summary>The number of bytes of the number that begins here, by JSON's grammar; 0 where none does.</summary>
    /// <remarks>What follows is the caller's to check: of <c>01</c> it takes the <c>0</c>.</remarks>
    public static int NumberLength(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        if (at < bytes.Length && bytes[at] == '-')
            at++;
        var whole = Digits(bytes, at);
        if (whole == 0)
            return 0;
        at += bytes[at] == '0' ? 1 : whole;
        if (at < bytes.Length && bytes[at] == '.')
        {
            var fraction = Digits(bytes, at + 1);
            if (fraction == 0)
                return 0;
            at += 1 + fraction;
        }
        if (at == bytes.Length || bytes[at] is not ((byte)'e' or (byte)'E'))
            return at;
        at++;
        if (at < bytes.Length && bytes[at] is (byte)'+' or (byte)'-')
            at++;
        var exponent = Digits(bytes, at);
        return exponent == 0 ? 0 : at + exponent;
    }

    private static int Digits(ReadOnlySpan<byte> bytes, int from)
    {
        var at = from;
        while ((uint)at < (uint)bytes.Length && (uint)(bytes[at] - '0') <= 9)
            at++;
        return at - from;
    }
}
