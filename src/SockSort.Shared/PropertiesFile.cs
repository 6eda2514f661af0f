using System.Globalization;
using System.Text;

namespace SockSort.Shared;

/// <summary>Reads and writes Java's <c>.properties</c> format.</summary>
/// <remarks>
/// Source: java.util.Properties.load: a line is <c>key=value</c>, <c>key:value</c> or <c>key value</c>; <c>#</c> and <c>!</c> begin a
/// comment; a backslash at a line's end joins the next one, whose leading blanks are dropped; <c>\t \n \r \f \uXXXX</c> are characters,
/// any other escaped character is itself; of a repeated key the last value counts. The file is read as UTF-8.
/// </remarks>
public static class PropertiesFile
{
    /// <exception cref="FormatException">A <c>\u</c> is not followed by four hexadecimal digits; the message names the line.</exception>
    public static Dictionary<string, string> Parse(string text)
    {
        var entries = new Dictionary<string, string>();
        foreach (var (number, line) in Lines(text))
        {
            var (key, value) = Split(line);
            entries[Unescape(key, number)] = Unescape(value, number);
        }
        return entries;
    }

    /// <summary>The lines of the entries as they stand, each with those that go on with it; without comments and leading blanks.</summary>
    /// <returns>The number of each one's first line, from 1, and its text.</returns>
    public static IEnumerable<(int Number, string Line)> Lines(string text)
    {
        var lines = text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        for (var i = 0; i < lines.Length; i++)
        {
            var first = i + 1;
            var line = TrimStart(lines[i]);
            if (line.Length == 0 || line[0] is '#' or '!')
                continue;
            while (IsContinued(line) && i + 1 < lines.Length)
                line = line[..^1] + TrimStart(lines[++i]);
            yield return (first, IsContinued(line) ? line[..^1] : line);
        }
    }

    /// <summary>Writes one line for each entry, in the given order; <see cref="Parse"/> reads them back.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> entries)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in entries)
            _ = text.Append(Escape(key, everyBlank: true)).Append('=').Append(Escape(value, everyBlank: false)).Append('\n');
        return text.ToString();
    }

    private static string TrimStart(string line) => line.TrimStart(' ', '\t', '\f');

    // An even number of backslashes at the end is a sequence of escaped backslashes.
    private static bool IsContinued(string line) => (line.Length - line.TrimEnd('\\').Length) % 2 == 1;

    private static (string Key, string Value) Split(string line)
    {
        var end = 0;
        while (end < line.Length && line[end] is not ('=' or ':' or ' ' or '\t' or '\f'))
            end += line[end] == '\\' ? 2 : 1;
        end = Math.Min(end, line.Length);
        var rest = TrimStart(line[end..]);
        if (rest.Length > 0 && rest[0] is '=' or ':')
            rest = TrimStart(rest[1..]);
        return (line[..end], rest);
    }

    private static string Unescape(string text, int line)
    {
        if (!text.Contains('\\'))
            return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
                _ = plain.Append(text[i]);
            else if (++i < text.Length)
                _ = plain.Append(text[i] == 'u' ? Hex(text, ref i, line) : Control(text[i]));
        }
        return plain.ToString();
    }

    private static char Control(char escaped) => escaped switch
    {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'f' => '\f',
        _ => escaped,
    };

    private static char Hex(string text, ref int at, int line)
    {
        var digits = text.AsSpan(at + 1, Math.Min(4, text.Length - at - 1));
        if (digits.Length < 4 || !ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw new FormatException($"line {line}: \\u is not followed by four hexadecimal digits");
        at += 4;
        return (char)code;
    }

    private static string Escape(string text, bool everyBlank)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                ' ' when everyBlank || i == 0 => escaped.Append("\\ "),
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\f' => escaped.Append("\\f"),
                '\\' or '=' or ':' or '#' or '!' => escaped.Append('\\').Append(text[i]),
                < ' ' or > '~' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}"),
                _ => escaped.Append(text[i]),
            };
        }
        return escaped.ToString();
    }
}
