using System.Globalization;
using System.Text;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>
/// Strings as a whole: joined, measured, changed letter by letter. Lengths and positions count UTF-16 units, as Java's do.
/// </summary>
internal sealed class StringFunctions : IFunctionFamily
{
    public string Title => "Strings";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction("CONCAT", "the values one after the other; two or more")
            .Nulls("NULLs are left out; never NULL")
            .Example("CONCAT('left', ' ', 'sock')", "left sock").Example("CONCAT('a', NULL, 'b')", "ab")
            .On("parts STRING...", "STRING", (string?[] parts) => string.Concat(AtLeastTwo("CONCAT", parts)), seesNulls: true)
            .On("parts BYTES...", "BYTES", (SqlBytes?[] parts) => Joined(null, AtLeastTwo("CONCAT", parts)), seesNulls: true),
        new ScalarFunction("CONCAT_WS", "the values one after the other, with a separator between each two")
            .Nulls("NULL where the separator is; other NULLs are left out")
            .Example("CONCAT_WS(', ', 'dots', NULL, 'stripes')", "dots, stripes")
            .On(
                "separator STRING, parts STRING...", "STRING",
                (string separator, string?[] parts) => string.Join(separator, AtLeastOne(parts).Where(part => part is not null)))
            .On(
                "separator BYTES, parts BYTES...",
                "BYTES",
                (SqlBytes separator, SqlBytes?[] parts) => Joined(separator, AtLeastOne(parts))),
        new ScalarFunction("LEN", "the number of characters (UTF-16 units), or of bytes")
            .Example("LEN('sock')", "4").Example("LEN(TO_BYTES('né', 'utf8'))", "3")
            .On((string text) => text.Length)
            .On((SqlBytes bytes) => bytes.Content.Length),
        new ScalarFunction("LCASE", "the text in lower case")
            .Example("LCASE('Left SOCK')", "left sock")
            .On((string text) => text.ToLowerInvariant()),
        new ScalarFunction("UCASE", "the text in upper case").Example("UCASE('Left sock')", "LEFT SOCK")
            // Java's upper case of the sharp s has two letters; .NET's has none.
            .On((string text) => text.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal)),
        new ScalarFunction(
            "INITCAP",
            "each word's first letter in upper case, the others in lower case; words end at white space; white space "
                + "before the first one goes")
            .Example("INITCAP('left SOCK')", "Left Sock")
            .On((string text) => Capitalised(text)),
        new ScalarFunction("TRIM", "the text without white space and control characters at both ends")
            .Example("TRIM('  sock ')", "sock")
            .On((string text) => Trimmed(text)),
        new ScalarFunction("REPLACE", "every occurrence of a text by another one")
            .Example("REPLACE('left sock', 'left', 'right')", "right sock")
            .On((string text, string old, string @new) => Replaced(text, old, @new)),
        new ScalarFunction(
            "CHR",
            "the character with that number (Unicode), or with that escape (backslash, u, four hexadecimal digits); "
                + "NULL where there is none")
            .Example("CHR(83)", "S").Example(@"CHR('\u004b')", "K").Example("CHR(-1)", "null")
            .On((int code) => Character(code))
            .On((string escape) =>
                escape.Length < 6 || !escape.StartsWith(@"\u", StringComparison.Ordinal) ? null : JavaEscapes.Resolve(escape)),
    ];

    private static T[] AtLeastTwo<T>(string name, T[] parts) =>
        parts.Length >= 2 ? parts : throw new FunctionException($"{name} takes two values or more");

    private static T[] AtLeastOne<T>(T[] parts) =>
        parts.Length >= 1 ? parts : throw new FunctionException("CONCAT_WS takes a separator and a value or more");

    private static SqlBytes Joined(SqlBytes? separator, SqlBytes?[] parts)
    {
        using var joined = new MemoryStream();
        var isFirst = true;
        foreach (var part in parts)
        {
            if (part is null)
                continue;
            if (!isFirst && separator is not null)
                joined.Write(separator.Content);
            joined.Write(part.Content);
            isFirst = false;
        }
        return new(joined.ToArray());
    }

    private static string Capitalised(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            var startsWord = result.Length == 0 || IsSpace(result[^1]);
            if (result.Length == 0 && IsSpace(c))
                continue;
            _ = result.Append(startsWord ? char.ToUpper(c, CultureInfo.InvariantCulture) : c);
        }
        return result.ToString();
    }

    // Java's \s.
    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\v' or '\f' or '\r';

    /// <summary>As Java's <c>String.trim</c>: all up to U+0020 goes, other blanks stay.</summary>
    private static string Trimmed(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && text[start] <= ' ')
            start++;
        while (end > start && text[end - 1] <= ' ')
            end--;
        return text[start..end];
    }

    /// <summary>An empty text stands between any two characters and at both ends, as Java has it.</summary>
    private static string Replaced(string text, string old, string @new)
    {
        if (old.Length > 0)
            return text.Replace(old, @new, StringComparison.Ordinal);
        FunctionLimits.CheckLength(text.Length + ((text.Length + 1L) * @new.Length));
        var result = new StringBuilder(@new);
        foreach (var c in text)
            _ = result.Append(c).Append(@new);
        return result.ToString();
    }

    private static string? Character(int code) => code switch
    {
        < 0 or > 0x10FFFF => null,
        <= 0xFFFF => ((char)code).ToString(),
        _ => char.ConvertFromUtf32(code),
    };
}
