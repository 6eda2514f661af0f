
namespace SockSort.Sql.Engine.Results;

/// <summary>A listing: <c>SHOW …</c>, a part of <c>DESCRIBE</c>.</summary>
/// <param name="Footer">Lines below the table; empty for none.</param>
public sealed record TableResult(
    string? Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Footer)
    : StatementResult;

/// <summary>Several listings: <c>DESCRIBE … EXTENDED</c>.</summary>
public sealed record TablesResult(IReadOnlyList<TableResult> Tables) : StatementResult;
