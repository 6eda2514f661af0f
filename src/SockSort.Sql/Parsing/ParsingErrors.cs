using SockSort.Sql.Syntax;

namespace SockSort.Sql.Parsing;

/// <summary>The mistakes that the text of a statement can hold: SQL00xx.</summary>
internal static class ParsingErrors
{
    private static readonly string[] Statements =
    [
        "SELECT", "CREATE", "INSERT", "DROP", "ALTER", "TERMINATE", "PAUSE", "RESUME", "RESTART", "SET", "UNSET", "DEFINE", "UNDEFINE",
        "SHOW", "LIST", "DESCRIBE", "PRINT", "EXPLAIN", "ASSERT",
    ];

    public static SqlException AddedColumnRole(string column, SourceSpan at) =>
        SqlException.Parse("SQL0022", at, $"column '{column}' cannot be added as a key or of headers", "ALTER adds columns of the value");

    public static SqlException NotExpected(Token token, string expected) =>
        Unexpected(token, $"expected {expected}{Meant(token, expected)}");

    /// <summary>Something stands behind a whole statement that does not belong there.</summary>
    public static SqlException NotTheEnd(Token token, Token previous) => Unexpected(token, token.Text switch
    {
        ")" => "there is one ')' too many",
        "BY" when previous.Text == "ORDER" => "there is no ORDER BY: rows come in the order in which they change",
        "UNION" => "there is no UNION: a second query adds its rows with INSERT INTO … SELECT",
        "WINDOW" or "WHERE" or "GROUP" or "PARTITION" or "HAVING" or "EMIT" =>
            "the clauses stand in this order: SELECT, FROM, WINDOW, WHERE, GROUP BY, PARTITION BY, HAVING, EMIT, LIMIT",
        _ => "expected ';' or the rest of the statement",
    });

    /// <summary>A clause begins, or an operator stands, where a value is needed.</summary>
    public static SqlException ExpressionMissing(Token token) =>
        SqlException.Parse("SQL0018", token.Span, $"an expression is missing before {token.Shown}", token.Text == "DISTINCT"
            ? "there is no SELECT DISTINCT: GROUP BY the columns"
            : $"write a column, a value or a function call; as a name the word is written `{token.Text}`");

    public static SqlException DoubleEquals(SourceSpan at) => SqlException.Parse("SQL0021", at, "unexpected '=='", "one = compares");

    public static SqlException UnknownCharacter(char c, SourceSpan at) =>
        SqlException.Parse(
            "SQL0002", at, $"unexpected character '{c}'",
            c == '$' ? "a variable is written ${name}" : "strings stand in single quotes, names in back-quotes");

    public static SqlException NeverEnds(char quote, SourceSpan at) =>
        SqlException.Parse(
            "SQL0003", at, $"the text that begins with {quote} never ends", $"close it with {quote}; write {quote}{quote} for one inside");

    public static SqlException CommentNeverEnds(SourceSpan at) =>
        SqlException.Parse("SQL0004", at, "the comment never ends", "close it with */");

    public static SqlException ReservedWord(Token token, string what) =>
        SqlException.Parse(
            "SQL0005", token.Span, $"unexpected '{token.Text}'",
            $"expected {what}; to use this word as a name write `{token.Text}` in back-quotes");

    public static SqlException UnknownStatement(Token token) =>
        SqlException.Parse(
            "SQL0006", token.Span, $"unknown statement {token.Shown}",
            Names.DidYouMean(token.Text, Statements) ?? $"a statement begins with {string.Join(", ", Statements)}");

    public static SqlException TooDeep(SourceSpan at, int depth) =>
        SqlException.Parse("SQL0007", at, $"the expression is nested deeper than {depth} levels", "split it into several statements");

    public static SqlException TooManyOperators(SourceSpan at, int most) =>
        SqlException.Parse(
            "SQL0015", at, $"the expression has more than {most} operators",
            "write many alternatives as IN (…), or split it into several statements");

    public static SqlException VariableNeverEnds(Token variable) =>
        SqlException.Parse(
            "SQL0020", variable.Span, $"the variable ${{{variable.Text}}} never ends: its value names it again",
            "give it a value that does not name it, with DEFINE");

    public static SqlException NumberTooLarge(string text, SourceSpan at) =>
        SqlException.Parse(
            "SQL0008",
            at,
            $"the number {text} does not fit into BIGINT",
            "write it with a decimal point (DECIMAL) or an exponent (DOUBLE)");

    public static SqlException DoubleOverflow(string text, SourceSpan at) =>
        SqlException.Parse("SQL0009", at, $"the number {text} does not fit into DOUBLE", "the largest is 1.7976931348623157E308");

    public static SqlException WrongDecimalType(int precision, int scale, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0010", at, $"DECIMAL({precision}, {scale}) is no type", "the precision is 1 or more, the scale 0 to the precision");

    public static SqlException EscapeNotOneCharacter(string text, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0011", at, $"the escape '{text}' is {text.Length} characters long", "write one character: LIKE '10!%' ESCAPE '!'");

    public static SqlException WrongWindow(WindowClause window) =>
        SqlException.Analysis(
            "SQL0012", window.Span, "the window's durations do not fit together",
            "SIZE and ADVANCE BY are above zero, and ADVANCE BY is not longer than SIZE");

    public static SqlException TooLong(SourceSpan at, int mostDays) =>
        SqlException.Parse("SQL0019", at, "the duration is too long", $"{mostDays} DAYS is the most");

    public static SqlException LogicalInGrouping(SourceSpan at) =>
        SqlException.Parse(
            "SQL0013",
            at,
            "AND and OR are not expected here",
            "separate several expressions by commas, or put the condition in parentheses");

    public static SqlException PropertyNotLiteral(string name, SourceSpan at) =>
        SqlException.Parse("SQL0014", at, $"the value of '{name}' is no literal", "write a string, a number, true or false");

    public static SqlException UnknownVariable(Token variable, IEnumerable<string> known) =>
        SqlException.Parse(
            "SQL0016", variable.Span, $"there is no variable '{variable.Text}'",
            Names.DidYouMean(variable.Text, known) ?? $"write DEFINE {variable.Text} = 'value' before");

    public static SqlException NoSchemaRegistry(SourceSpan at) =>
        SqlException.Parse(
            "SQL0017", at, "ASSERT SCHEMA asks a schema registry, which SockSort does not have", "ASSERT TOPIC looks at topics");

    /// <summary>Finds the expected word in capitals that a misspelt one is similar to.</summary>
    private static string Meant(Token token, string expected)
    {
        if (token.Kind != TokenKind.Word)
            return "";
        var words = expected.Split([' ', ',', '\'', ':', '(', ')', ';'])
            .Where(word => word.Length > 1 && word.All(char.IsAsciiLetterUpper))
            .ToList();
        return !words.Contains(token.Text) && Names.Nearest(token.Text, words) is { } word ? $"; did you mean {word}?" : "";
    }

    private static SqlException Unexpected(Token token, string hint) =>
        SqlException.Parse("SQL0001", token.Span, $"unexpected {token.Shown}", hint);
}
