using SockSort.Sql.Types;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Parts of strings and bytes: cut out, found, split, filled up. Positions count from 1.</summary>
internal sealed class SubstringFunctions : IFunctionFamily
{
    public string Title => "Parts of strings";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction(
            "SUBSTRING",
            "the part from a position on (from 1; negative: from the end), up to the end or of that length; positions outside are moved "
                + "to the nearest one inside")
            .Example("SUBSTRING('left sock', 6)", "sock").Example("SUBSTRING('left sock', -4, 2)", "so").Example("SUBSTRING('sock', 9)", "")
            .On((string text, int position) => text[Start(text.Length, position)..])
            .On((string text, int position, int length) => text[Range(text.Length, position, length)])
            .On((SqlBytes bytes, int position) => new SqlBytes(bytes.Content[Start(bytes.Content.Length, position)..]))
            .On((SqlBytes bytes, int position, int length) => new SqlBytes(bytes.Content[Range(bytes.Content.Length, position, length)])),
        new ScalarFunction(
            "INSTR",
            "where a text stands in another one, from 1; 0 where it does not. The search starts at a position (negative: from the end, "
                + "backwards) and ends at that occurrence")
            .Nulls("0 where one of the texts is NULL; NULL where a number is")
            .Example("INSTR('corporate floor', 'or')", "2").Example("INSTR('corporate floor', 'or', 3)", "5")
            .Example("INSTR('corporate floor', 'or', -3, 2)", "2").Example("INSTR('corporate floor', 'x')", "0")
            .On("text STRING, wanted STRING", "INTEGER", (string? text, string? wanted) => Find(text, wanted, 1, 1), seesNulls: true)
            .On(
                "text STRING, wanted STRING, position INTEGER", "INTEGER",
                (string? text, string? wanted, int? position) => Find(text, wanted, position, 1), seesNulls: true)
            .On("text STRING, wanted STRING, position INTEGER, occurrence INTEGER", "INTEGER",
                (string? text, string? wanted, int? position, int? occurrence) => Find(text, wanted, position, occurrence),
                seesNulls: true),
        new ScalarFunction(
            "LPAD",
            "the value filled up at its start with a padding, or cut, to that length; NULL for an empty padding or a negative length")
            .Example("LPAD('7', 3, '0')", "007").Example("LPAD('1234', 3, '0')", "123")
            .On((string text, int length, string padding) =>
                Padded(text, length, padding) is { } fill ? string.Concat(fill, text)[..length] : null)
            .On((SqlBytes bytes, int length, SqlBytes padding) =>
                Padded(bytes, length, padding) is { } fill ? new SqlBytes([.. fill.Concat(bytes.Content).Take(length)]) : null),
        new ScalarFunction(
            "RPAD", "the value filled up at its end with a padding, or cut, to that length; NULL for an empty padding or a negative length")
            .Example("RPAD('so', 5, '-=')", "so-=-").Example("RPAD('1234', 3, '0')", "123")
            .On((string text, int length, string padding) =>
                Padded(text, length, padding) is { } fill ? string.Concat(text, fill)[..length] : null)
            .On((SqlBytes bytes, int length, SqlBytes padding) =>
                Padded(bytes, length, padding) is { } fill ? new SqlBytes([.. bytes.Content.Concat(fill).Take(length)]) : null),
        new ScalarFunction("SPLIT", "the parts between the delimiters, empty ones too; with an empty delimiter each character or byte")
            .Example("SPLIT('a,b,,c', ',')", "[a, b, , c]").Example("SPLIT('abc', '')", "[a, b, c]")
            .On("text STRING, delimiter STRING", "ARRAY<STRING>", (string text, string delimiter) => Split(text, delimiter))
            .On(
                "bytes BYTES, delimiter BYTES", "ARRAY<BYTES>",
                (SqlBytes bytes, SqlBytes delimiter) => Split(bytes.Content, delimiter.Content)),
        new ScalarFunction(
            "SPLIT_TO_MAP",
            "a text cut into entries and those into key and value; of equal keys the last counts; entries without the second delimiter are "
                + "left out; NULL for empty or equal delimiters")
            .Example("SPLIT_TO_MAP('a=1;b=2', ';', '=')", "{a=1, b=2}")
            .On(
                "text STRING, entryDelimiter STRING, keyDelimiter STRING", "MAP<STRING, STRING>",
                (string text, string entryDelimiter, string keyDelimiter) => SplitToMap(text, entryDelimiter, keyDelimiter)),
        new ScalarFunction("ELT", "the text with that number, from 1; NULL where there is none")
            .Nulls("NULL where the number is")
            .Example("ELT(2, 'left', 'right')", "right").Example("ELT(3, 'left', 'right')", "null")
            .On(
                "number INTEGER, texts STRING...", "STRING",
                (int number, string?[] texts) => number >= 1 && number <= texts.Length ? texts[number - 1] : null),
        new ScalarFunction("FIELD", "the number, from 1, of the first text among the others that equals it; 0 where none does")
            .Nulls("0 where the text is NULL")
            .Example("FIELD('right', 'left', 'right')", "2").Example("FIELD('up', 'left', 'right')", "0")
            .On(
                "text STRING, texts STRING...", "INTEGER",
                (string? text, string?[] texts) => text is null ? 0 : Array.IndexOf(texts, text) + 1, seesNulls: true),
    ];

    private static int Start(int length, int position) =>
        position < 0 ? Math.Max(length + position, 0) : Math.Max(Math.Min(position - 1, length), 0);

    private static Range Range(int available, int position, int length)
    {
        var start = Start(available, position);
        return start..(int)Math.Max(Math.Min((long)start + length, available), start);
    }

    private static int? Find(string? text, string? wanted, int? position, int? occurrence)
    {
        if (text is null || wanted is null)
            return 0;
        if (position is not { } from || occurrence is not { } count)
            return null;
        if (from == 0 || Math.Abs((long)from) > text.Length || count < 1)
            return 0;
        return from > 0 ? Forwards(text, wanted, from - 1, count) : Backwards(text, wanted, text.Length + from, count);
    }

    /// <summary>Occurrences may overlap.</summary>
    private static int Forwards(string text, string wanted, int start, int count)
    {
        var at = start - 1;
        for (; count > 0 && at < text.Length; count--)
        {
            at = text.IndexOf(wanted, at + 1, StringComparison.Ordinal);
            if (at < 0)
                return 0;
        }
        return count == 0 ? at + 1 : 0;
    }

    /// <param name="last">Where the occurrence may end, its last character counted from 0.</param>
    private static int Backwards(string text, string wanted, int last, int count)
    {
        for (var at = last - wanted.Length + 1; at >= 0; at--)
        {
            if (string.CompareOrdinal(text, at, wanted, 0, wanted.Length) == 0 && --count == 0)
                return at + 1;
        }
        return 0;
    }

    /// <summary>The padding that fills a text up; null where the arguments make no sense.</summary>
    private static string? Padded(string text, int length, string padding)
    {
        if (padding.Length == 0 || length < 0)
            return null;
        FunctionLimits.CheckLength(length);
        var missing = Math.Max(length - text.Length, 0);
        return string.Create(missing, padding, (fill, source) =>
        {
            for (var i = 0; i < fill.Length; i++)
                fill[i] = source[i % source.Length];
        });
    }

    private static byte[]? Padded(SqlBytes bytes, int length, SqlBytes padding)
    {
        if (padding.Content.Length == 0 || length < 0)
            return null;
        FunctionLimits.CheckLength(length);
        var fill = new byte[Math.Max(length - bytes.Content.Length, 0)];
        for (var i = 0; i < fill.Length; i++)
            fill[i] = padding.Content[i % padding.Content.Length];
        return fill;
    }

    private static SqlArray Split(string text, string delimiter)
    {
        if (delimiter.Length > 0)
            return new([.. text.Split(delimiter)]);
        return text.Length == 0 ? new([""]) : new([.. text.Select(c => c.ToString())]);
    }

    private static SqlArray Split(byte[] bytes, byte[] delimiter)
    {
        if (bytes.Length == 0)
            return new([new SqlBytes([])]);
        if (delimiter.Length == 0)
            return new([.. bytes.Select(b => new SqlBytes([b]))]);
        var parts = new List<object?>();
        var start = 0;
        for (var at = bytes.AsSpan().IndexOf(delimiter); at >= 0; at = bytes.AsSpan(start).IndexOf(delimiter))
        {
            parts.Add(new SqlBytes(bytes[start..(start + at)]));
            start += at + delimiter.Length;
        }
        parts.Add(new SqlBytes(bytes[start..]));
        return new(parts);
    }

    private static SqlMap? SplitToMap(string text, string entryDelimiter, string keyDelimiter)
    {
        if (entryDelimiter.Length == 0 || keyDelimiter.Length == 0 || entryDelimiter == keyDelimiter)
            return null;
        var entries = new OrderedDictionary<object, object?>();
        foreach (var entry in text.Split(entryDelimiter, StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = entry.Split(keyDelimiter);
            if (parts.Length > 1)
                entries[parts[0]] = parts[1];
        }
        return new(entries);
    }
}
