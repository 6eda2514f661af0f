using SockSort.Sql.Formats;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Catalog;

/// <param name="HeaderKey">Name of the header whose newest value the column holds; null for all headers, or no header column.</param>
public sealed record SourceColumn(string Name, SqlType Type, string? HeaderKey = null);

/// <summary>Columns of a stream or table; names are unique.</summary>
public sealed record SourceSchema(IReadOnlyList<SourceColumn> Keys, IReadOnlyList<SourceColumn> Values, IReadOnlyList<SourceColumn> Headers)
{
    public IEnumerable<SourceColumn> All => Keys.Concat(Values).Concat(Headers);

    /// <summary>All columns as the statement has them; null where keys come first and headers last.</summary>
    internal IReadOnlyList<SourceColumn>? Declared { get; init; }

    /// <summary>All columns in the order in which a description shows them, which is that of the statement.</summary>
    public IEnumerable<SourceColumn> InOrder => Declared ?? All;

    public bool IsKey(SourceColumn column) => Keys.Any(key => key.Name == column.Name);

    public bool IsHeader(SourceColumn column) => Headers.Any(header => header.Name == column.Name);

    /// <summary><c>`K` STRING KEY, `V` BIGINT</c>.</summary>
    public override string ToString() => string.Join(", ",
        Keys.Select(column => $"`{column.Name}` {column.Type} KEY")
            .Concat(Values.Select(column => $"`{column.Name}` {column.Type}"))
            .Concat(
                Headers.Select(
                    column => $"`{column.Name}` {column.Type} HEADER{(column.HeaderKey is null ? "S" : $"('{column.HeaderKey}')")}")));
}

/// <param name="Size">Size of the window; null for sessions.</param>
public sealed record WindowType(WindowKind Kind, TimeSpan? Size)
{
    /// <returns>The window of a query; null for a query without one.</returns>
    internal static WindowType? Of(WindowClause? clause)
    {
        if (clause is null)
            return null;
        return new(clause.Kind, clause.Kind == WindowKind.Session ? null : clause.Size);
    }
}

/// <param name="Format">Java pattern of a STRING column; else null.</param>
public sealed record TimestampColumn(string Name, string? Format);

/// <summary>A stream or table: what its topic's records mean.</summary>
/// <param name="IsReadOnly">Made by <c>CREATE SOURCE …</c>.</param>
/// <param name="Window">The window that the keys carry; null where they carry none.</param>
/// <param name="Timestamp">The column that holds the time; null for the record's own timestamp.</param>
/// <param name="QueryId">The query that writes it; null for one made by <c>CREATE STREAM name (columns)</c>.</param>
/// <param name="Sql">The statement that made it.</param>
public sealed record DataSource(
    string Name, bool IsTable, bool IsReadOnly, SourceSchema Schema, string Topic, FormatSpec KeyFormat, FormatSpec ValueFormat,
    WindowType? Window,
    TimestampColumn? Timestamp, string? QueryId, string Sql)
{
    /// <summary>
    /// How long after a window's start (for sessions: their end) a windowed source's rows are kept for its readers; null keeps them for
    /// ever.
    /// </summary>
    public TimeSpan? RowsKept { get; init; }

    public string KindName => IsTable ? "table" : "stream";
}
