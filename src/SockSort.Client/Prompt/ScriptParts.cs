using SockSort.Sql;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Client.Prompt;

/// <summary>
/// Splits a script into the parts that are sent to a server in one request each: single statements, except that the statements from
/// <c>DROP CONNECTOR x</c> to the next <c>CREATE … CONNECTOR x</c> form one part. That way the server sees that the connector is
/// replaced, and its broker keeps the session.
/// </summary>
internal sealed class ScriptParts(SqlParser parser)
{
    private readonly List<Statement> _ahead = [];
    private SqlException? _mistake;

    /// <returns>At least one statement; null at the end of the script.</returns>
    /// <exception cref="SqlException">The next statement cannot be parsed.</exception>
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
        for (var i = 0; At(i) is { } statement && CanBeBatched(statement); i++)
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
                // The error is reported when it is reached, after the statements before it have run.
                _mistake = mistake;
            }
        }
        return index < _ahead.Count ? _ahead[index] : null;
    }

    /// <summary>Whether a statement is sent to /ksql and sets nothing for the statements after it.</summary>
    private static bool CanBeBatched(Statement statement) =>
        !statement.Is(StatementTraits.GivesRows) && !statement.Is(StatementTraits.OfSession);
}
