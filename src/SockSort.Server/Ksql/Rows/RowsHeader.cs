using SockSort.Sql.Catalog;

namespace SockSort.Server.Ksql.Rows;

/// <summary>What is told before the rows.</summary>
/// <param name="QueryId">In ksqlDB's form.</param>
/// <param name="KeyColumns">Names of those that are the key of a table that is pulled from; else none.</param>
internal sealed record RowsHeader(string QueryId, IReadOnlyList<SourceColumn> Columns, IReadOnlySet<string> KeyColumns)
{
    /// <summary>Rows come for as long as the client stays.</summary>
    public bool IsPush { get; private init; }

    /// <summary>Of a push query, whose rows have no key of their own.</summary>
    public RowsHeader(string queryId, IReadOnlyList<SourceColumn> columns)
        : this(queryId, columns, new HashSet<string>()) => IsPush = true;
}
