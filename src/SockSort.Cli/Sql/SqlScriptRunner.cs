using SockSort.Client.Results;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Sql;

/// <summary>Runs a script's statements one after the other and prints what they give.</summary>
internal sealed class SqlScriptRunner(SqlEngine engine, SqlResultPrinter printer, TextWriter output)
{
    /// <summary>A push query or PRINT runs until <paramref name="cancellation"/>; then the script ends.</summary>
    /// <returns>Queries that the script has left running.</returns>
    /// <exception cref="SockSort.Sql.SqlException">A statement is wrong; those before it have been run.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(SourceText script, CancellationToken cancellation)
    {
        var session = new SqlSession { IsScript = true };
        var parser = new SqlParser(script, session.Variables);
        while (!cancellation.IsCancellationRequested && parser.Next() is { } statement)
        {
            output.WriteLine();
            output.WriteLine($"ksql> {statement.Span.Shown};");
            // It may go on for ever: what was dropped before it is not made again soon.
            if (statement.Is(StatementTraits.GivesRows))
                await EndDroppedAsync(session);
            await printer.PrintAsync(await engine.ExecuteAsync(statement, session, cancellation), cancellation);
        }
        await EndDroppedAsync(session);
        return [.. engine.Snapshot().Queries.Where(query => query.Sink is not null).Select(query => query.Id)];
    }

    private async Task EndDroppedAsync(SqlSession session)
    {
        foreach (var (_, note) in await engine.EndScriptAsync(session))
            output.WriteLine($"note: {note}");
    }
}
