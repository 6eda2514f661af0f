using SockSort.Sql.Engine;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Durability;

/// <summary>A script that says what is to exist: applied at each start, it makes what is missing and leaves what is there.</summary>
public sealed class QueriesFile(CommandLog commands)
{
    /// <summary>Told of each statement that is run: its text and result.</summary>
    public Action<Statement, StatementResult>? Ran { get; init; }

    /// <returns>Statements run, and those that were there already.</returns>
    /// <exception cref="SqlException">A statement is wrong, cannot be done, or gives rows to a client; those before it have been run.</exception>
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
        var session = new SqlSession();
        var parser = new SqlParser(script, session.Variables);
        var (run, present) = (0, 0);
        while (parser.Next() is { } statement)
        {
            if (statement is QueryStatement or PrintTopic)
                throw SqlErrors.NoClientInQueriesFile(statement.Span);
            if (commands.IsPresent(statement))
            {
                present++;
                continue;
            }
            var result = await commands.ExecuteLaterAsync(statement, session, cancellation);
            if (statement is InsertValues)
                commands.Keep(statement, session, queryId: null);
            Ran?.Invoke(statement, result);
            run++;
        }
        return (run, present);
    }
}
