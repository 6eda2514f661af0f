using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Planning;

/// <summary>The sink that a persistent query is to write.</summary>
/// <param name="Timestamp">The column that is to be the time of the records; null where the statement names none.</param>
public sealed record SinkRequest(string Name, (string Name, SourceSpan At)? Timestamp = null);

/// <summary>A query whose every name and type is known.</summary>
/// <param name="Root">The last node; its layout holds the value columns of the result (for a push query: all columns).</param>
/// <param name="Schema">Schema of the result: key columns as written to the sink, value columns in the order of the slots.</param>
/// <param name="KeyOrder">For each key column of the schema, the part of the root's key.</param>
public sealed record PlannedQuery(
    Query Syntax, ProjectNode Root, SourceSchema Schema, IReadOnlyList<SourceNode> Sources, IReadOnlyList<int> KeyOrder)
{
    public bool IsTable => Root.IsTable;

    /// <summary>Whether the query remembers what it has read: aggregates, joins and tables do.</summary>
    public bool HasState => Remembers(Root);

    public WindowType? Window => Root.Window;

    private static bool Remembers(PlanNode node) => node.IsTable || node is AggregateNode or JoinNode || node.Inputs.Any(Remembers);
}
