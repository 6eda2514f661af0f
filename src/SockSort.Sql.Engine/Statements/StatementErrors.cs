using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Statements;

/// <summary>The mistakes in statements that the engine finds as it carries them out.</summary>
internal static class StatementErrors
{
    public static SqlException SourceExists(string name, string kind, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0254", at, $"the {kind} '{name}' already exists", "drop it first, or write CREATE OR REPLACE or IF NOT EXISTS");

    public static SqlException WrongKind(string name, bool isTable, SourceSpan at)
    {
        var kind = isTable ? "table" : "stream";
        return SqlException.Analysis("SQL0255", at, $"'{name}' is a {kind}", $"write {kind.ToUpperInvariant()}");
    }

    public static SqlException ResultKind(string name, bool isTable, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0256", at, $"the query for '{name}' gives a {(isTable ? "table" : "stream")}",
            $"write CREATE {(isTable ? "TABLE" : "STREAM")} … AS SELECT");

    public static SqlException InUse(string name, IEnumerable<string> queries, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0257", at, $"'{name}' is used by the queries {string.Join(", ", queries)}", "terminate or drop those first");

    public static SqlException ReadOnlySource(string name, string kind, string what, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0258", at, $"cannot {what} read-only {kind}: {name}", "it was made by CREATE SOURCE; make one without SOURCE to write");

    public static SqlException QueryNotFound(string id, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0264", at, $"there is no query '{id}'",
            Names.DidYouMean(id, known) ?? (known.Any() ? $"queries: {string.Join(", ", known)}" : "no query is running"));

    public static SqlException BuiltIn(string id, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0351", at, $"query {id} is the program's own", "PAUSE and RESUME hold it; the configuration switches it off");

    public static SqlException TypeExists(string name, SourceSpan at) =>
        SqlException.Analysis("SQL0270", at, $"the type '{name}' already exists", "drop it first, or write IF NOT EXISTS");

    public static SqlException TypeNotFound(string name, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0271", at, $"there is no type '{name}'",
            Names.DidYouMean(name, known) ?? (known.Any() ? $"types: {string.Join(", ", known)}" : "CREATE TYPE makes one"));

    public static SqlException ReplaceOfReadOnly(string name, string kind, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0272", at, $"cannot add {kind} '{name}': CREATE OR REPLACE is not for source {kind}s", "drop it and create it anew");

    public static SqlException AlterOfReadOnly(string name, string kind, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0273", at, $"cannot alter {kind} '{name}': ALTER is not for source {kind}s", "drop it and create it anew");

    public static SqlException AlterOfQuery(string name, string kind, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0274", at, $"cannot alter {kind} '{name}': a query writes it", "write CREATE OR REPLACE … AS SELECT with the new columns");

    public static SqlException IncompatibleReplace(string name, string problem, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0275", at, $"cannot replace '{name}': {problem}", "drop it and create it anew; existing columns must stay as they are");

    public static SqlException NothingToExplain(SourceSpan at) =>
        SqlException.Analysis(
            "SQL0277", at, "there is nothing to explain: the statement starts no query",
            "EXPLAIN takes a query id, SELECT, CREATE … AS SELECT or INSERT INTO … SELECT");

    public static SqlException FunctionNotFound(string name, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0278", at, $"there is no function '{name}'", Names.DidYouMean(name, known) ?? "SHOW FUNCTIONS lists them");

    public static SqlException LimitOfPersistent(string statement, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0336", at, $"{statement} has no LIMIT: its query writes on for good",
            "leave LIMIT out, or write SELECT … EMIT CHANGES LIMIT");

    public static SqlException RetentionOfTable(string table, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0331", at, $"table '{table}' has no windows: its topic holds the newest row of each key, and retention would lose keys",
            "leave RETENTION_MS and RETENTION_BYTES out");
}
