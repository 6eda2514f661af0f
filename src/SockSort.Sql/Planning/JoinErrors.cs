using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Planning;

/// <summary>The mistakes in joins and table functions.</summary>
internal static class JoinErrors
{
    public static SqlException SelfJoin(string left, string right, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0279", at, $"cannot join '{left}' to '{right}': a source cannot be joined to itself",
            "make a second stream or table over the same topic and join that");

    public static SqlException DoubleAlias(string label, SourceSpan at) =>
        SqlException.Analysis("SQL0280", at, $"two sources of the join are called '{label}'", "give one of them another alias: AS name");

    public static SqlException KafkaFormatInState(IReadOnlyList<string> sources, string clause, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0281", at,
            $"{string.Join(", ", sources)}: values in format 'KAFKA' hold a single column and cannot carry the state of a {clause}",
            "use JSON or DELIMITED as VALUE_FORMAT");

    public static SqlException JoinConditions(string condition, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0282", at, $"invalid join condition: a join compares one expression of each side, not several: {condition}",
            "join on one equality, and put the rest into WHERE");

    public static SqlException JoinNotEqual(string condition, SourceSpan at) =>
        SqlException.Analysis("SQL0283", at, $"invalid join condition: {condition}", "a join condition is an equality: ON a.id = b.id");

    public static SqlException JoinSide(string side, string condition, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0284", at, $"invalid expression '{side}' in the join condition '{condition}'",
            "each side of the equality names columns of exactly one source");

    public static SqlException JoinOneSided(string condition, string right, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0285", at,
            $"invalid join condition {condition}: one side of the equality must be about {right}, the other about the sources before it",
            "write ON a.id = b.id");

    public static SqlException JoinTypesDiffer(string left, SqlType leftType, string right, SqlType rightType, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0286", at, $"invalid join condition: the types differ: {left} is {leftType}, {right} is {rightType}",
            "bring both to one type with CAST");

    public static SqlException JoinWithoutWithin(string left, string right, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0287", at, $"the join of {left} with stream '{right}' has no WITHIN clause",
            "say how far apart in time two records may be: WITHIN 10 SECONDS");

    public static SqlException WithinWithTable(SourceSpan at) =>
        SqlException.Analysis(
            "SQL0288", at, "WITHIN is for joins of two streams; a table is joined as it is at the time", "drop the clause");

    public static SqlException TableWithStream(string left, string right, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0289", at, $"a table on the left ({left}) cannot be joined with stream '{right}' on the right",
            "swap them: FROM stream JOIN table");

    public static SqlException JoinNotOnKey(bool isTable, string right, string condition, SourceSpan at) =>
        SqlException.Analysis("SQL0290", at, $"invalid join condition: a {(isTable ? "table-table" : "stream-table")} join compares with "
            + $"the primary key of the table on the right, {right}; got {condition}",
            $"write ON … = the PRIMARY KEY of {right}");

    public static SqlException OuterWithTable(JoinKind kind, string left, string table, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0291",
            at,
            $"a {(kind == JoinKind.Outer ? "FULL OUTER" : "RIGHT")} JOIN of {left} with table '{table}' is not possible: a table's "
                + "row without a record has no moment to go out",
            "use JOIN or LEFT JOIN");

    public static SqlException OuterByForeignKey(JoinKind kind, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0292",
            at,
            $"a {(kind == JoinKind.Outer ? "FULL" : "RIGHT")} OUTER JOIN on a foreign key is not possible: rows of the right table alone "
                + "have no key of the left one",
            "use JOIN or LEFT JOIN");

    public static SqlException WindowedWithPlain(
        (string Label, WindowType? Window) left, (string Label, WindowType? Window) right, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0293",
            at,
            $"cannot join a windowed source with one that is not: `{left.Label}` is {Windowed(left.Window)}, `{right.Label}` is "
                + $"{Windowed(right.Window)}",
            "write the other query with the same window, or without one");

    public static SqlException WindowKindsDiffer(
        (string Label, WindowType? Window) left, (string Label, WindowType? Window) right, SourceSpan at) =>
        SqlException.Analysis("SQL0294", at, $"incompatible windowed sources: `{left.Label}` is {Windowed(left.Window)}, `{right.Label}` "
            + $"is {Windowed(right.Window)}",
            "SESSION windows join with SESSION windows, HOPPING and TUMBLING ones among themselves");

    public static SqlException WindowedKeyChanged(string condition, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0295", at, $"windowed sources keep their keys: the join condition {condition} needs others, or their windows differ",
            "join on the key columns of sources with equal windows");

    public static SqlException MissingForeignJoinKey(string sink, string label, IReadOnlyList<string> missing, Query query) =>
        SqlException.Analysis(
            "SQL0296",
            query.Span,
            $"the query that builds `{sink}` must include all primary key columns of the left table `{label}`; missing: "
                + $"{string.Join(", ", missing)}",
            "add them to SELECT");

    public static SqlException TableFunctionOverTable(FunctionCall call) =>
        SqlException.Analysis(
            "SQL0297", call.Span, $"the table function '{call.Name}' makes rows without keys of their own, so its source cannot be a table",
            "read a stream");

    public static SqlException TableFunctionWithGroups(FunctionCall call) =>
        SqlException.Analysis(
            "SQL0298", call.Span, $"the table function '{call.Name}' cannot be used with aggregations",
            "make the rows in a first query, and group them in a second one");

    public static SqlException NestedTableFunction(FunctionCall call) =>
        SqlException.Analysis(
            "SQL0299", call.Span, $"the table function '{call.Name}' stands inside another table function",
            "make the rows in two queries, one after the other");

    private static string Windowed(WindowType? window) =>
        window is null
            ? "not windowed"
            : $"{window.Kind.ToString().ToUpperInvariant()} windowed{(window.Size is { } size ? $" by {DurationText.Of(size)}" : "")}";
}
