using SockSort.Sql.Catalog;

namespace SockSort.Sql.Engine.Results;

/// <summary>All rows of a pull query.</summary>
/// <param name="Rows">Boxed values; see <see cref="Types.SqlArray"/>.</param>
public sealed record RowsResult(IReadOnlyList<SourceColumn> Columns, IReadOnlyList<object?[]> Rows) : StatementResult
{
    /// <summary>Names of columns that are the key of the table; empty for a stream.</summary>
    public IReadOnlySet<string> KeyColumns { get; init; } = new HashSet<string>();

    /// <summary>Why a stream has no more rows, in ksqlDB's words; null for a table.</summary>
    public string? EndMessage { get; init; }

    /// <summary>The partitions that the rows are of, where servers share the work; null for all there are.</summary>
    public OwnPartitions? Partitions { get; init; }

    /// <summary>Rough bytes that the rows take in memory.</summary>
    public long Bytes { get; init; }
}
