using SockSort.Sorting.Sightings;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sorting.Queries;

/// <summary>Makes an engine count sightings and keep the ledger.</summary>
public static class SortingQueries
{
    /// <summary>
    /// Makes the streams and tables of sorting known, which are made anew at each start; before statements of earlier runs, which may read
    /// them.
    /// </summary>
    /// <param name="framesTopic">The topic of the frames' messages.</param>
    /// <exception cref="Sql.SqlException">One of the names is taken.</exception>
    public static async Task DeclareAsync(SqlEngine engine, string framesTopic, CancellationToken cancellation = default)
    {
        var session = new SqlSession();
        foreach (var statement in SqlParser.Parse(new SourceText(SortingScript.Name, SortingScript.For(framesTopic)), session.Variables))
            _ = await engine.ExecuteAsync(statement, session, cancellation);
    }

    /// <summary>Begins to count, or goes on where an earlier run has stopped; after statements of earlier runs.</summary>
    public static void Start(SqlEngine engine, SightingOptions? options = null)
    {
        engine.StartBuiltIn(SightingQuery.With(options));
        engine.StartBuiltIn(LedgerQuery.Make());
    }
}
