using System.Globalization;
using System.Text;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Escapes of Java's string literals.</summary>
internal static class JavaEscapes
{
    /// <exception cref="FunctionException">An escape of <c>\u</c> lacks its four hexadecimal digits.</exception>
    public static string Resolve(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\' || at + 1 == text.Length)
                _ = result.Append(text[at]);
            else if (text[at + 1] == 'u')
                _ = result.Append(Unicode(text, ref at));
            else
                _ = result.Append(Simple(text[++at]));
        }
        return result.ToString();
    }

    /// <summary>Reads the code of a <c>\u</c>: any number of u, then four digits.</summary>
    private static char Unicode(string text, ref int at)
    {
        var digits = at + 1;
        while (digits < text.Length && text[digits] == 'u')
            digits++;
        if (digits + 4 > text.Length
            || !ushort.TryParse(text.AsSpan(digits, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw new FunctionException(@"\u needs four hexadecimal digits");
        at = digits + 3;
        return (char)code;
    }

    private static char Simple(char letter) => letter switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        _ => letter,
    };
}
