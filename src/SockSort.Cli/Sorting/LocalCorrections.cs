using SockSort.Log.Opening;
using SockSort.Sorting.Ledger;
using SockSort.Sorting.Queries;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Sorting;

/// <summary>Makes corrections in a data folder that no other process writes to.</summary>
internal static class LocalCorrections
{
    /// <returns>Why it was refused; null where it was made.</returns>
    /// <exception cref="SockSort.Log.LogException">Another process writes to the folder, or it is damaged.</exception>
    public static async Task<string?> MakeAsync(string data, string framesTopic, Correction correction, CancellationToken cancellation)
    {
        using var log = DataFolder.Open(data);
        await using var engine = new SqlEngine(log, new SqlEngineOptions { KeepsState = true });
        await SortingQueries.DeclareAsync(engine, framesTopic, cancellation);
        SortingQueries.Start(engine);
        // First all that was seen before the correction was made.
        engine.RunUntilIdle();
        _ = await RunAsync(engine, CorrectionSql.Insert(correction), cancellation);
        engine.RunUntilIdle();
        var rows = (RowsResult)await RunAsync(engine, CorrectionSql.Result(correction.Id), cancellation);
        return (string?)rows.Rows[0][1];
    }

    private static Task<StatementResult> RunAsync(SqlEngine engine, string statement, CancellationToken cancellation)
    {
        var session = new SqlSession();
        return engine.ExecuteAsync(SqlParser.Parse(new SourceText("correction", statement), session.Variables)[0], session, cancellation);
    }
}
