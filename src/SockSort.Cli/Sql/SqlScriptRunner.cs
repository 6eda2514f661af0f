using SockSort.Client.Results;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Sql;

/// <summary>Runs a script's statements in order and prints their results.</summary>
internal sealed class SqlScriptRunner(SqlEngine engine, SqlResultPrinter printer, TextWriter output)
{
    /// <summary>
    /// Runs the script. A push query or PRINT runs until <paramref name="cancellation"/>, which then also ends the script.
    /// </summary>
    /// <returns>The ids of the queries that are still running at the script's end.</returns>
    /// <exception cref="SockSort.Sql.SqlException">A statement is wrong; those before it have run.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(SourceText script, CancellationToken cancellation)
    {
        var session = new SqlSession { IsScript = true };
        var parser = new SqlParser(script, session.Variables);
        while (!cancellation.IsCancellationRequested && parser.Next() is { } statement)
        {
            output.WriteLine();
            output.WriteLine($"ksql> {statement.Span.Shown};");
            // The query may run forever, so connectors that were dropped before it are ended now instead of at the script's end.
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
