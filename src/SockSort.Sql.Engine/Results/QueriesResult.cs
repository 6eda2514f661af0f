using System.Globalization;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Results;

/// <summary>The result of <c>SHOW QUERIES EXTENDED</c>.</summary>
public sealed record QueriesResult(IReadOnlyList<QueryDescription> Queries) : StatementResult;

/// <param name="Kind"><c>PERSISTENT</c> or <c>PUSH</c>.</param>
/// <param name="Sink">Empty for none.</param>
/// <param name="LastError">Empty for none.</param>
/// <param name="Plan">The plan as EXPLAIN shows it.</param>
public sealed record QueryDescription(
    string Id, string Kind, string State, string Sql, IReadOnlyList<string> Sources, string Sink, long Lag, string LastError, string Plan)
{
    /// <summary>Describes a query, and reads how far it is behind.</summary>
    public static QueryDescription Of(QueryInfo query) => new(
        query.Id, query.Kind, query.State.ToString().ToUpperInvariant(), query.Sql, query.Sources, query.Sink ?? "", query.Lag(),
        query.LastError ?? "", query.Plan());

    public TableResult Table => new($"ID                   : {Id}", ["Property", "Value"],
        [
            ["Query Type", Kind], ["Status", State], ["SQL", SqlPrinter.OneLine(Sql)], ["Sources", string.Join(", ", Sources)],
            ["Sink", Sink],
            ["Lag", Lag.ToString(CultureInfo.InvariantCulture)], ["Last error", LastError],
        ],
        ["", .. Plan.Split('\n')]);
}
