
namespace SockSort.Sql.Engine.Results;

/// <summary>A table: the result of <c>SHOW …</c>, or a part of that of <c>DESCRIBE</c>.</summary>
/// <param name="Footer">Lines below the table; empty for none.</param>
public sealed record TableResult(
    string? Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Footer)
    : StatementResult;

/// <summary>Several tables: the result of <c>DESCRIBE … EXTENDED</c>.</summary>
public sealed record TablesResult(IReadOnlyList<TableResult> Tables) : StatementResult;
