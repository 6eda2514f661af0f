using System.Globalization;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Texts made unreadable.</summary>
internal sealed class MaskFunctions : IFunctionFamily
{
    private const string Kinds =
        "upper-case letters become X, lower-case ones x, digits n, all else -; four further texts of one character "
            + "each replace those marks";
    private const string NullRuleText = "NULL where the text is; a NULL in place of a mark keeps such characters";

    private static readonly Marks Defaults = new("X", "x", "n", "-");

    public string Title => "Masks";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction("MASK", $"the text made unreadable: {Kinds}").Nulls(NullRuleText)
            .Example("MASK('My Sock 12')", "Xx-Xxxx-nn").Example("MASK('My Sock 12', '*', NULL, '1', NULL)", "*y *ock 11")
            .On((string text) => Masked(text, 0, text.Length, Defaults))
            .On("text STRING, upper STRING, lower STRING, digit STRING, other STRING", "STRING",
                (string? text, string? upper, string? lower, string? digit, string? other) =>
                    text is null ? null : Masked(text, 0, text.Length, new(upper, lower, digit, other)), seesNulls: true),
        Partial("MASK_LEFT", "the first characters", (text, count) => (0, Math.Min(count, text.Length)))
            .Example("MASK_LEFT('My Sock 12', 4)", "Xx-Xock 12"),
        Partial("MASK_RIGHT", "the last characters", (text, count) => (Math.Max(text.Length - count, 0), text.Length))
            .Example("MASK_RIGHT('My Sock 12', 4)", "My Socx-nn"),
        Partial("MASK_KEEP_LEFT", "all but the first characters", (text, count) => (Math.Min(count, text.Length), text.Length))
            .Example("MASK_KEEP_LEFT('My Sock 12', 4)", "My Sxxx-nn"),
        Partial("MASK_KEEP_RIGHT", "all but the last characters", (text, count) => (0, Math.Max(text.Length - count, 0)))
            .Example("MASK_KEEP_RIGHT('My Sock 12', 4)", "Xx-Xxxk 12"),
    ];

    private static ScalarFunction Partial(string name, string what, Func<string, int, (int From, int To)> part) =>
        new ScalarFunction(name, $"the text with {what}, as many as told, made unreadable: {Kinds}").Nulls(NullRuleText)
            .On((string text, int count) => Masked(name, text, count, part, Defaults))
            .On("text STRING, count INTEGER, upper STRING, lower STRING, digit STRING, other STRING", "STRING",
                (string? text, int? count, string? upper, string? lower, string? digit, string? other) =>
                    text is null || count is not { } number
                        ? null
                        : Masked(name, text, number, part, new(upper, lower, digit, other)), seesNulls: true);

    private static string Masked(string name, string text, int count, Func<string, int, (int From, int To)> part, Marks marks)
    {
        if (count < 0)
            throw new FunctionException($"{name} takes a number of characters that is not below zero, not {count}");
        var (from, to) = part(text, count);
        return Masked(text, from, to, marks);
    }

    private static string Masked(string text, int from, int to, Marks marks) =>
        string.Create(text.Length, (text, from, to, marks), (masked, state) =>
        {
            for (var i = 0; i < masked.Length; i++)
                masked[i] = i >= state.from && i < state.to ? state.marks.For(state.text[i]) : state.text[i];
        });

    /// <summary>What stands for each kind of character; null keeps it.</summary>
    private sealed class Marks(string? upper, string? lower, string? digit, string? other)
    {
        private readonly char? _upper = One(upper);
        private readonly char? _lower = One(lower);
        private readonly char? _digit = One(digit);
        private readonly char? _other = One(other);

        public char For(char c) => char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.UppercaseLetter => _upper,
            UnicodeCategory.LowercaseLetter => _lower,
            UnicodeCategory.DecimalDigitNumber => _digit,
            _ => _other,
        } ?? c;

        private static char? One(string? mark) => mark switch
        {
            null => null,
            { Length: 1 } => mark[0],
            _ => throw new FunctionException($"the mark '{mark}' is {mark.Length} characters long: write one"),
        };
    }
}
