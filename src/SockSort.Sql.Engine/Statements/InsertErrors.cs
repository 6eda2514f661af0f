using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Statements;

/// <summary>The mistakes in INSERT INTO.</summary>
internal static class InsertErrors
{
    public static SqlException IntoTable(string name, SourceSpan at) =>
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

    public static SqlException IntoWindowed(string source, string kind, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0308", at, $"cannot insert values into the windowed {kind} '{source}': VALUES names no window",
            "write into the source of the query that makes it");

    public static SqlException IntoHeaders(string source, IReadOnlyList<string> columns, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0307", at, $"cannot insert into HEADER columns of {source}: {string.Join(", ", columns)}",
            "headers are written by producers only; name the other columns");

    public static SqlException ColumnTwice(string column, SourceSpan at) =>
        SqlException.Analysis("SQL0345", at, $"column '{column}' is given twice", "give each column one value");

    public static SqlException TimeBeforeEpoch(long time, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0346", at, $"ROWTIME cannot be {time}: a record's timestamp is not negative",
            "write milliseconds since 1970, or leave it out");

    public static SqlException WrongValueCount(int values, int columns, SourceSpan at) =>
        SqlException.Analysis("SQL0261", at, $"{values} values for {columns} columns", "give one value for each column");

    /// <param name="reason">What the types alone do not say, or null.</param>
    public static SqlException WrongValueType(
        string column, SqlType expected, string value, SqlType type, string? reason, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0262", at, $"column {column} is {expected}, the value {value} is {type}",
            reason ?? "give a value that fits as it is, or CAST it");

    public static SqlException WrongValue(string column, SqlType type, string problem, SourceSpan at) =>
        SqlException.Analysis("SQL0310", at, $"the value is none for column {column} of type {type}", problem);

    public static SqlException KeyValueMissing(string column, SourceSpan at) =>
        SqlException.Analysis("SQL0263", at, $"the primary key column {column} needs a value", "a table's row has a key");
}
