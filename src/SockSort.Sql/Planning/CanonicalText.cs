using SockSort.Sql.Syntax;

namespace SockSort.Sql.Planning;

/// <summary>Writes expressions in one canonical form, so that equal ones have equal text: columns carry their source.</summary>
internal static class CanonicalText
{
    public static string OfColumn(string label, string name) => SqlPrinter.Print(new ColumnName(label, name, default));

    /// <param name="labelOf">The source that a column without qualifier belongs to; null leaves it bare (lambda parameters).</param>
    public static string Of(Expression expression, Func<ColumnName, string?> labelOf) => SqlPrinter.Print(Qualified(expression, labelOf));

    /// <summary>Returns the expression with every column qualified, and <c>WINDOWSTART()</c> as the column that it stands for.</summary>
    public static Expression Qualified(Expression expression, Func<ColumnName, string?> labelOf) =>
        SyntaxRewriter.Rewrite(expression, node => node switch
        {
            ColumnName { Qualifier: null } column when labelOf(column) is { } label => column with { Qualifier = label },
            _ => null,
        });
}
