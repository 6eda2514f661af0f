using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Commands;

/// <summary>A script that says what is to exist: applied at each start, it makes what is missing and leaves what is there.</summary>
/// <remarks>
/// As in ksqlDB's headless mode, statements that make nothing are passed over: SELECT has no reader here, and what drops, alters or pauses
/// would do so again at each start. <c>DROP CONNECTOR</c> before a <c>CREATE</c> of that name is taken as what it is meant for: a connector
/// made by other settings is replaced, one of the same settings is left, with all that its broker keeps for it.
/// </remarks>
public sealed class QueriesFile(CommandLog commands)
{
    /// <summary>Called with each statement that is run, and its result.</summary>
    public Action<Statement, StatementResult>? Ran { get; init; }

    /// <summary>Called with each statement that is passed over.</summary>
    public Action<Statement>? PassedOver { get; init; }

    /// <returns>The number of statements run, and of those whose object existed already.</returns>
    /// <exception cref="SqlException">A statement is wrong or cannot be done; those before it have been run.</exception>
    public async Task<(int Run, int Present)> ApplyAsync(SourceText script, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(script, cancellation);
        }
        finally
        {
            commands.Commit();
        }
    }

    private async Task<(int Run, int Present)> RunAsync(SourceText script, CancellationToken cancellation)
    {
        var session = new SqlSession { IsScript = true };
        var (statements, mistake) = Parse(script);
        var connectors = new ReplacedConnectors(statements);
        var (run, present, inserts) = (0, 0, new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var statement in statements.Where(statement => !connectors.IsSuperseded(statement)))
        {
            if (!statement.Is(StatementTraits.ToExist) || commands.PassesOver(statement))
                PassedOver?.Invoke(statement);
            else if (statement is InsertValues insert ? IsInserted(insert, inserts) : commands.IsPresent(statement))
                present++;
            else
            {
                if (connectors.DropBefore(statement) is { } drop && commands.HasConnector(drop.Name))
                    await RunAsync(drop, session, cancellation);
                await RunAsync(statement, session, cancellation);
                run++;
            }
        }
        _ = await commands.EndScriptAsync(session, cancellation);
        return mistake is null ? (run, present) : throw mistake;
    }

    private async Task RunAsync(Statement statement, SqlSession session, CancellationToken cancellation)
    {
        var result = statement is InsertValues rows
            ? commands.InsertOnce(rows, session)
            : await commands.MakeAsync(statement, session, cancellation);
        Ran?.Invoke(statement, result);
    }

    /// <summary>Reads all statements up to the first that cannot be read, and returns what is wrong with that one.</summary>
    private static (List<Statement> Statements, SqlException? Mistake) Parse(SourceText script)
    {
        var session = new SqlSession();
        var statements = new List<Statement>();
        try
        {
            var parser = new SqlParser(script, session.Variables);
            while (parser.Next() is { } statement)
            {
                statements.Add(statement);
                if (statement is DefineVariable define)
                    session.SetVariable(define.Name, define.Value);
            }
            return (statements, null);
        }
        catch (SqlException mistake)
        {
            return (statements, mistake);
        }
    }

    /// <summary>The same row may stand in the script more than once: the second is inserted when two of it have been.</summary>
    private bool IsInserted(InsertValues statement, Dictionary<string, int> seen)
    {
        var text = CommandLog.OneLine(statement);
        seen[text] = seen.GetValueOrDefault(text) + 1;
        return commands.TimesInserted(statement) >= seen[text];
    }
}
