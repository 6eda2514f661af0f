using SockSort.Sql.Catalog;

namespace SockSort.Server.Ksql.Rows;

/// <summary>The header that precedes the rows.</summary>
/// <param name="QueryId">The query's id in ksqlDB's form.</param>
/// <param name="KeyColumns">The names of the key columns of a pull query on a table; otherwise empty.</param>
internal sealed record RowsHeader(string QueryId, IReadOnlyList<SourceColumn> Columns, IReadOnlySet<string> KeyColumns)
{
    /// <summary>Whether rows are sent until the client disconnects.</summary>
    public bool IsPush { get; private init; }

    /// <summary>The header of a push query, whose rows have no separate key.</summary>
    public RowsHeader(string queryId, IReadOnlyList<SourceColumn> columns)
        : this(queryId, columns, new HashSet<string>()) => IsPush = true;
}
