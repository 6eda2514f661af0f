using SockSort.Sql;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Client.Prompt;

/// <summary>
/// A script in the parts that go to a server by one request each: single statements, but from <c>DROP CONNECTOR x</c> up to the
/// <c>CREATE … CONNECTOR x</c> that follows it all in one. So the server sees that the connector goes on, and its broker does not forget
/// what it keeps for it.
/// </summary>
internal sealed class ScriptParts(SqlParser parser)
{
    private readonly List<Statement> _ahead = [];
    private SqlException? _mistake;

    /// <returns>At least one statement; null at the end of the script.</returns>
    /// <exception cref="SqlException">The next statement cannot be read.</exception>
    public IReadOnlyList<Statement>? Next()
    {
        if (At(0) is not { } first)
            return _mistake is null ? null : throw _mistake;
        var count = first is DropConnector ? CountOfPart() : 1;
        var part = _ahead[..count];
        _ahead.RemoveRange(0, count);
        return part;
    }

    private int CountOfPart()
    {
        var dropped = new HashSet<string>(StringComparer.Ordinal);
        var count = 1;
        for (var i = 0; At(i) is { } statement && GoesWithOthers(statement); i++)
        {
            if (statement is DropConnector drop)
                _ = dropped.Add(drop.Name);
            else if (statement is CreateConnector create && dropped.Remove(create.Name))
                count = i + 1;
        }
        return count;
    }

    private Statement? At(int index)
    {
        while (_ahead.Count <= index && _mistake is null)
        {
            try
            {
                if (parser.Next() is not { } next)
                    return null;
                _ahead.Add(next);
            }
            catch (SqlException mistake)
            {
                // Told when it is reached: what stands before it is run.
                _mistake = mistake;
            }
        }
        return index < _ahead.Count ? _ahead[index] : null;
    }

    /// <summary>Of what the server takes at /ksql, also what sets nothing for the statements behind it.</summary>
    private static bool GoesWithOthers(Statement statement) =>
        !statement.Is(StatementTraits.GivesRows) && !statement.Is(StatementTraits.OfSession);
}
