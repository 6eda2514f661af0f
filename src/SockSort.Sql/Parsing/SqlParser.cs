using SockSort.Sql.Syntax;

namespace SockSort.Sql.Parsing;

/// <summary>Turns a script into statements, one at a time: <c>DEFINE</c> changes what later statements read as.</summary>
public sealed class SqlParser
{
    private static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();

    private readonly TokenCursor _cursor;
    private readonly StatementParser _statements;

    /// <param name="source">One or more statements, each ended by a semicolon (the last may lack it).</param>
    /// <param name="variables">Values for <c>${name}</c>, read each time one is met; the caller may change them between statements.</param>
    /// <exception cref="SqlException">The text holds something that is no token.</exception>
    public SqlParser(SourceText source, IReadOnlyDictionary<string, string>? variables = null)
    {
        var known = variables ?? NoVariables;
        _cursor = new(Lexer.Read(source), known);
        _statements = new(_cursor, known);
    }

    /// <summary>Parses the next statement; null at the end of the script.</summary>
    /// <exception cref="SqlException">The statement is not well formed; its phase is <see cref="SqlPhase.Parse"/>.</exception>
    public Statement? Next()
    {
        while (_cursor.TryTake(";"))
        {
        }
        return _cursor.AtEnd ? null : _statements.Statement();
    }

    /// <summary>Parses all statements of a script.</summary>
    /// <exception cref="SqlException">One of them is not well formed.</exception>
    public static List<Statement> Parse(SourceText source, IReadOnlyDictionary<string, string>? variables = null)
    {
        var parser = new SqlParser(source, variables);
        var statements = new List<Statement>();
        while (parser.Next() is { } statement)
            statements.Add(statement);
        return statements;
    }

    /// <summary>Parses a single expression, for tests and tools.</summary>
    /// <exception cref="SqlException">The text is not one whole expression.</exception>
    public static Expression ParseExpression(string text)
    {
        var cursor = new TokenCursor(Lexer.Read(new("<expression>", text)), NoVariables);
        var expression = new ExpressionParser(cursor).Expression();
        return cursor.AtEnd ? expression : throw cursor.Unexpected("the end of the expression");
    }

    /// <summary>Parses a list of columns as in <c>CREATE STREAM</c>, without its parentheses.</summary>
    /// <exception cref="SqlException">The text is no such list.</exception>
    public static IReadOnlyList<ColumnDefinition> ParseColumns(string text)
    {
        var cursor = new TokenCursor(Lexer.Read(new("<columns>", $"({text})")), NoVariables);
        return new StatementParser(cursor, NoVariables).Columns();
    }
}
