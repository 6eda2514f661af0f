using SockSort.Sql.Catalog;

namespace SockSort.Sql.Engine;

/// <summary>What a statement gave.</summary>
public abstract record StatementResult;

/// <param name="Notes">What the user should know beside: an ignored setting, a topic that was made.</param>
public sealed record MessageResult(string Message, IReadOnlyList<string> Notes, string? QueryId = null) : StatementResult
{
    public MessageResult(string message)
        : this(message, [])
    {
    }
}

/// <summary>A listing: <c>SHOW …</c>, a part of <c>DESCRIBE</c>.</summary>
/// <param name="Footer">Lines below the table; empty for none.</param>
public sealed record TableResult(string? Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Footer) : StatementResult;

/// <summary>Several listings: <c>DESCRIBE … EXTENDED</c>.</summary>
public sealed record TablesResult(IReadOnlyList<TableResult> Tables) : StatementResult;

/// <summary>Plain text: <c>EXPLAIN</c>.</summary>
public sealed record TextResult(string Text) : StatementResult;

/// <summary>All rows of a pull query.</summary>
/// <param name="Rows">Boxed values; see <see cref="Types.SqlArray"/>.</param>
public sealed record RowsResult(IReadOnlyList<SourceColumn> Columns, IReadOnlyList<object?[]> Rows) : StatementResult;

/// <summary>A push query has begun; dispose it to end it.</summary>
public sealed record PushResult(PushQuery Query) : StatementResult;

/// <summary><c>PRINT</c> has begun; dispose it to end it.</summary>
public sealed record PrintResult(TopicPrinter Printer) : StatementResult;
