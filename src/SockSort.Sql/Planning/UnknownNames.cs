using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Planning;

/// <summary>
/// Finds the name that a reader would mend first: a query is planned from its sources on, and a mistake in WHERE or GROUP BY is met before
/// one in SELECT that stands further in front, or is the reason for it.
/// </summary>
/// <param name="from">The query's sources.</param>
/// <param name="functions">The functions that exist.</param>
internal sealed class UnknownNames(FromPlan from, FunctionRegistry functions)
{
    // Codes of wrong names and types; what follows is about the parts of a query that contradict each other.
    private const string NamesAndTypes = "SQL01";

    /// <summary>Returns the mistake that is to be told in place of another one; null where that is the first.</summary>
    /// <remarks>
    /// Before a wrong name or type only an unknown name that stands in front of it is told, before all else the first one of the query.
    /// </remarks>
    public SqlException? Before(SqlException error, Query query)
    {
        var isOfNames = error.Code.StartsWith(NamesAndTypes, StringComparison.Ordinal);
        var unknown = query.Expressions.SelectMany(SyntaxRewriter.Parts).Select(Mistake).FirstOrDefault(mistake => mistake is not null);
        return unknown is null || (isOfNames && unknown.At.Start >= error.At.Start) ? null : unknown;
    }

    private SqlException? Mistake(Expression part) => part switch
    {
        FunctionCall call when SourceScope.WindowBoundCall(call) is null && !Exists(call) => CallErrors.NoScalar(functions, call),
        ColumnName column when !PseudoColumns.IsWindowBound(column.Name) => Mistake(column),
        _ => null,
    };

    private bool Exists(FunctionCall call) =>
        functions.Scalar(call.Name) is not null || functions.Aggregate(call.Name) is not null || functions.Table(call.Name) is not null;

    private SqlException? Mistake(ColumnName column)
    {
        try
        {
            _ = new SourceScope(from).Column(column);
            return null;
        }
        catch (SqlException error)
        {
            return error;
        }
    }
}
