using SockSort.Sql.Syntax;

namespace SockSort.Sql.Parsing;

/// <summary>
/// Reads statements of ksqlDB's SQL tests, one at a time: those of a script, and the four that only tests have (its grammar's
/// <c>testStatement</c>).
/// </summary>
public sealed class SqlTestParser
{
    private readonly TokenCursor _cursor;
    private readonly StatementParser _statements;

    /// <param name="source">See <see cref="SqlParser"/>.</param>
    /// <param name="variables">See <see cref="SqlParser"/>.</param>
    /// <exception cref="SqlException">The text holds something that is no token.</exception>
    public SqlTestParser(SourceText source, IReadOnlyDictionary<string, string> variables)
    {
        _cursor = new(Lexer.Read(source), variables);
        _statements = new(_cursor, variables);
    }

    /// <summary>Parses the next statement; null at the end of the script.</summary>
    /// <returns>A statement, which may be an <see cref="AssertRow"/>, an <see cref="AssertSource"/> or a <see cref="RunScript"/>.</returns>
    /// <exception cref="SqlException">The statement is not well formed.</exception>
    public Statement? Next()
    {
        while (_cursor.TryTake(";"))
        {
        }
        if (_cursor.AtEnd)
            return null;
        return OfTests() is { } statement ? Ended(statement) : _statements.Statement();
    }

    private Statement? OfTests()
    {
        var start = _cursor.Current;
        if (_cursor.TryTake("RUN", "SCRIPT"))
        {
            var file = _cursor.Current.Span;
            return new RunScript(_cursor.StringLiteral("a file in quotes"), file, start.Span.To(file));
        }
        if (_cursor.Is("ASSERT", "STREAM") || _cursor.Is("ASSERT", "TABLE"))
        {
            _ = _cursor.Take();
            var expected = _statements.Described(start);
            return new AssertSource(expected, expected.Span);
        }
        var isTombstone = _cursor.TryTake("ASSERT", "NULL", "VALUES");
        if (!isTombstone && !_cursor.TryTake("ASSERT", "VALUES"))
            return null;
        var row = _statements.Row(start, isTombstone ? "KEY" : "VALUES");
        return new AssertRow(row, isTombstone, row.Span);
    }

    private Statement Ended(Statement statement)
    {
        if (!_cursor.AtEnd && !_cursor.TryTake(";"))
            throw ParsingErrors.NotTheEnd(_cursor.Current, _cursor.Previous);
        return statement;
    }
}
