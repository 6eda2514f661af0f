using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Planning;

/// <summary>The mistakes in the clauses of a query: what is grouped, windowed and projected.</summary>
internal static class PlanningErrors
{
    public static SqlException ColumnNotFound(string column, string where, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis("SQL0102", at, $"column '{column}' does not exist in {where}", at.Text.StartsWith('"')
            ? $"double quotes are for names; a string is written '{column}'"
            : Names.DidYouMean(column, known) ?? $"columns: {string.Join(", ", known)}");

    public static SqlException AmbiguousColumn(string column, IEnumerable<string> candidates, SourceSpan at) =>
        SqlException.Analysis("SQL0103", at, $"column '{column}' is ambiguous", $"write one of {string.Join(", ", candidates)}");

    public static SqlException UnknownQualifier(string name, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0104", at, $"'{name}' is not a stream, table or alias of this query", $"known here: {string.Join(", ", known)}");

    public static SqlException WindowBoundNotHere(string name, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0201", at, $"the window bound {name} can only be used in the SELECT clause of a windowed aggregation",
            "select it, and filter in a second query");

    public static SqlException WindowBoundOfJoin(string name, string where, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0211", at, $"the window bound {name} cannot be resolved among {where}",
            "join in a first query, and aggregate its result in a second one: there the bound can be selected");

    public static SqlException NotGrouped(IReadOnlyList<Expression> expressions, IReadOnlyList<ColumnName> columns)
    {
        var names = columns.Select(column => $"'{column.Name}'").Distinct().ToList();
        var where = expressions.All(expression => expression is ColumnName) ? "" : $": {string.Join(", ", expressions)}";
        return SqlException.Analysis("SQL0202", columns[0].Span, $"column {string.Join(", ", names)} is neither grouped by nor "
            + $"inside an aggregate{where}",
            $"add it to GROUP BY, or write LATEST_BY_OFFSET({columns[0].Name})");
    }

    public static SqlException AggregateWithoutGroupBy(FunctionCall call, IReadOnlyList<Expression> others) =>
        SqlException.Analysis("SQL0300", call.Span, $"the aggregate {call} needs GROUP BY"
            + (others.Count == 0 ? "" : $": {string.Join(", ", others)} stands outside of it"),
            others.Count == 0 ? "add GROUP BY with the columns to group by" : $"write GROUP BY {string.Join(", ", others)}");

    public static SqlException AggregateNotForTables(IReadOnlyList<string> names, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0203", at, $"{string.Join(", ", names)} cannot take rows out again, which a table's changes need",
            "apply such aggregates to a stream");

    public static SqlException AggregateNotForSessions(FunctionCall call) =>
        SqlException.Analysis(
            "SQL0204", call.Span, $"the aggregate '{call.Name}' cannot join two sessions", "use a tumbling or hopping window");

    public static SqlException NestedAggregate(FunctionCall call, FunctionCall outer) =>
        SqlException.Analysis(
            "SQL0205", call.Span, $"the aggregate {call} stands inside another aggregate: {outer}",
            "aggregate in a first query, and again in a second one");

    public static SqlException GroupAndPartition(SourceSpan at) =>
        SqlException.Analysis("SQL0206", at, "GROUP BY and PARTITION BY exclude each other", "a group's key is what it is grouped by");

    public static SqlException WindowOverTable(SourceSpan at) =>
        SqlException.Analysis(
            "SQL0207", at, "WINDOW is not for tables", "windows cut streams into pieces; drop the clause or read a stream");

    public static SqlException FinalWithoutWindow(SourceSpan at) =>
        SqlException.Analysis(
            "SQL0208", at, "EMIT FINAL is only supported for windowed aggregations", "write EMIT CHANGES, or add WINDOW and GROUP BY");

    public static SqlException GroupWithoutAggregate(SourceSpan at) =>
        SqlException.Analysis(
            "SQL0209", at, "GROUP BY requires an aggregate function in SELECT or HAVING", "add one, for example COUNT(*)");

    public static SqlException NeedsGroupBy(string clause, SourceSpan at) =>
        SqlException.Analysis("SQL0210", at, $"{clause} needs GROUP BY", "add the columns to group by");

    public static SqlException PartitionOfTable(SourceSpan at) =>
        SqlException.Analysis(
            "SQL0212",
            at,
            "PARTITION BY is not for tables: a table's key is what makes its rows",
            "aggregate with GROUP BY for another key");

    public static SqlException PartitionOfWindowed(string where, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0312", at, $"PARTITION BY is not for windowed sources ({where}): the window is a part of their key",
            "select WINDOWSTART into a column of a stream without windows first");

    public static SqlException EmptyGrouping(string clause, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0213", at, $"{clause} requires at least one expression", $"name what the rows have in common: {clause} image");

    public static SqlException PartitionByNull(SourceSpan at) =>
        SqlException.Analysis("SQL0214", at, "cannot PARTITION BY multiple columns including NULL", "NULL alone removes the key");

    public static SqlException DoubleGrouping(string text, SourceSpan at) =>
        SqlException.Analysis("SQL0215", at, $"{text} stands twice among the grouping expressions", "keep one of them");

    public static SqlException DoubleColumn(string name, SourceSpan at, IEnumerable<SqlType>? types = null) =>
        SqlException.Analysis(
            "SQL0216", at, $"there are two columns '{name}'{(types is null ? "" : $" ({string.Join(" and ", types)})")}",
            "name one of them with AS");

    public static SqlException ColumnExists(string name, SourceSpan at) =>
        SqlException.Analysis("SQL0311", at, $"there is a column '{name}' already", "give this one another name");

    public static SqlException ReservedAlias(string name, SourceSpan at) =>
        SqlException.Analysis("SQL0217", at, $"`{name}` is a reserved column name and cannot be an alias", "choose another name");

    public static SqlException ReservedColumn(string name, SourceSpan at) =>
        SqlException.Analysis("SQL0218", at, $"reserved column name in select: `{name}`", "name it with AS");

    public static SqlException StarOnNoStruct(Expression expression, SqlType type) =>
        SqlException.Analysis("SQL0220", expression.Span, $"{expression} has type {type}, so ->* finds no fields", "->* is for a STRUCT");

    public static SqlException NoValueColumns(string sink, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0221", at, $"the projection of `{sink}` contains no value columns",
            "select at least one column beside the key; AS_VALUE(key) copies the key");

    public static SqlException MapInKey(string column, SqlType type, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0222", at, $"key column `{column}` has type {type}, and a MAP in a key has no fixed order of entries",
            "use another type for the key");

    public static SqlException KeyNotProjected(string sink, IReadOnlyList<string> keys, string? synthetic, Query query) =>
        SqlException.Analysis("SQL0223", query.Span, $"the query that builds `{sink}` must include its key in the projection: "
            + $"{string.Join(" and ", keys)}",
            synthetic is not null && keys.Contains(synthetic)
                ? $"the join compares no columns, so its key is {synthetic}: write SELECT {synthetic} AS name, …"
                : $"write SELECT {string.Join(", ", keys.Select(key => key.Split(" or ")[0]))}, …");

    public static SqlException KeyProjectedTwice(string key, IEnumerable<string> aliases, Query query) =>
        SqlException.Analysis("SQL0224", query.Span, $"the projection contains the key column `{key}` more than once: "
            + $"{string.Join(" and ", aliases)}",
            $"keep one; AS_VALUE({key}) copies it into a value column");

    public static SqlException RetentionTooShort(WindowClause window, TimeSpan grace) =>
        SqlException.Analysis(
            "SQL0309",
            window.Span,
            $"RETENTION {DurationText.Of(window.Retention!.Value)} is shorter than SIZE {DurationText.Of(window.Size)} and GRACE PERIOD "
                + $"{DurationText.Of(grace)} together",
            window.Grace is null ? "without GRACE PERIOD it is a day: write one, or a longer RETENTION" : "write a longer RETENTION");

    public static SqlException WrongAggregate(FunctionCall call, string problem) =>
        SqlException.Analysis("SQL0319", call.Span, $"{call} cannot be worked out", problem);

    public static SqlException ColumnInValues(string column, SourceSpan at) =>
        SqlException.Analysis("SQL0276", at, $"VALUES knows no column '{column}'", "write a constant; strings stand in single quotes");
}
