using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Statements;

/// <summary>The mistakes in statements that the engine finds as it carries them out.</summary>
internal static class StatementErrors
{
    public static SqlException WrongValue(string column, SqlType type, string problem, SourceSpan at) =>
        SqlException.Analysis("SQL0310", at, $"the value is none for column {column} of type {type}", problem);

    public static SqlException InsertIntoWindowed(string source, string kind, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0308", at, $"cannot insert values into the windowed {kind} '{source}': VALUES names no window",
            "write into the source of the query that makes it");

    public static SqlException InsertIntoHeaders(string source, IReadOnlyList<string> columns, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0307", at, $"cannot insert into HEADER columns of {source}: {string.Join(", ", columns)}",
            "headers are written by producers only; name the other columns");

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

    public static SqlException InsertIntoTable(string name, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0259",
            at,
            $"INSERT INTO … SELECT writes into a stream, and {name} is a table",
            "make a table with CREATE TABLE … AS SELECT");

    public static SqlException IncompatibleSchema(string name, SourceSchema expected, SourceSchema given, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0260",
            at,
            $"incompatible schema between results and sink {name}: the result is {given}",
            $"the sink's schema is {expected}");

    public static SqlException WrongValueCount(int values, int columns, SourceSpan at) =>
        SqlException.Analysis("SQL0261", at, $"{values} values for {columns} columns", "give one value for each column");

    /// <param name="reason">What the types alone do not say, or null.</param>
    public static SqlException WrongValueType(
        string column, SqlType expected, string value, SqlType type, string? reason, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0262", at, $"column {column} is {expected}, the value {value} is {type}",
            reason ?? "give a value that fits as it is, or CAST it");

    public static SqlException KeyValueMissing(string column, SourceSpan at) =>
        SqlException.Analysis("SQL0263", at, $"the primary key column {column} needs a value", "a table's row has a key");

    public static SqlException QueryNotFound(string id, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0264", at, $"there is no query '{id}'",
            Names.DidYouMean(id, known) ?? (known.Any() ? $"queries: {string.Join(", ", known)}" : "no query is running"));

    public static SqlException TopicNotFound(string topic, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0265", at, $"topic '{topic}' does not exist", Names.DidYouMean(topic, known) ?? $"topics: {string.Join(", ", known)}");

    public static SqlException UnknownSetting(string name, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0266", at, $"there is no property '{name}'", Names.DidYouMean(name, known) ?? "SHOW PROPERTIES lists them");

    public static SqlException FixedSetting(string name, SourceSpan at) =>
        SqlException.Analysis("SQL0338", at, $"cannot override property '{name}': it is the server's alone", "leave it out");

    public static SqlException WrongSetting(string name, string value, IEnumerable<string> values, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0335", at, $"property '{name}' cannot be '{value}'",
            Names.DidYouMean(value, values) ?? $"it takes {string.Join(", ", values)}");

    public static SqlException OwnTopic(string topic, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0322", at, $"topic '{topic}' is the program's own, and nobody else writes it",
            "take another topic; to read it, make a stream over it");

    public static SqlException CommandsAreNotShown(string topic, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0323", at, $"topic '{topic}' is not shown: statements in it may hold passwords",
            "SHOW STREAMS, TABLES, QUERIES and CONNECTORS tell what exists");

    public static SqlException NoConnectors(SourceSpan at) =>
        SqlException.Analysis(
            "SQL0267", at, "connectors cannot be run here",
            "this command has no connectors: use `socksort sql run`, `socksort run` or `socksort demo`");

    public static SqlException ConnectorFailed(string problem, SourceSpan at) => SqlException.Analysis("SQL0268", at, problem, null);

    public static SqlException ConnectorNotFound(string name, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0269", at, $"there is no connector '{name}'",
            Names.DidYouMean(name, known) ?? (known.Any() ? $"connectors: {string.Join(", ", known)}" : "no connector is running"));

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

    public static SqlException AssertFailed(string topic, bool expected, SourceSpan at) =>
        new("SQL0302", SqlPhase.Run, at, $"topic '{topic}' {(expected ? "does not exist" : "exists")}", null);

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

    public static SqlException TopicShared(string topic, IEnumerable<string> others, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0337", at, $"cannot delete topic '{topic}': other sources use it: {string.Join(", ", others)}",
            "drop those first, or leave DELETE TOPIC out");

    public static SqlException RetentionOfTable(string table, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0331", at, $"table '{table}' has no windows: its topic holds the newest row of each key, and retention would lose keys",
            "leave RETENTION_MS and RETENTION_BYTES out");
}
