using System.Globalization;
using System.Text;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>The <c>%41</c> of URLs.</summary>
internal static class PercentCode
{
    /// <summary>Runs of codes are UTF-8; what is none becomes U+FFFD.</summary>
    /// <exception cref="FunctionException">A % without two hexadecimal digits.</exception>
    public static string Decode(string text, bool plusIsBlank)
    {
        if (!text.AsSpan().ContainsAny('%', plusIsBlank ? '+' : '%'))
            return text;
        var result = new StringBuilder(text.Length);
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%')
            {
                bytes.Add(Byte(text, at));
                at += 2;
                continue;
            }
            Flush(result, bytes);
            _ = result.Append(plusIsBlank && text[at] == '+' ? ' ' : text[at]);
        }
        Flush(result, bytes);
        return result.ToString();
    }

    /// <exception cref="FunctionException">A % without two hexadecimal digits.</exception>
    public static byte Byte(string text, int at) =>
        at + 2 < text.Length
            && byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FunctionException($"the % at character {at + 1} of '{text}' needs two hexadecimal digits");

    private static void Flush(StringBuilder result, List<byte> bytes)
    {
        if (bytes.Count > 0)
            _ = result.Append(Encoding.UTF8.GetString([.. bytes]));
        bytes.Clear();
    }
}
