using SockSort.Sql.Formats;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Catalog;

/// <summary>The mistakes in the properties and types of streams and tables.</summary>
internal static class CatalogErrors
{
    public static SqlException UnknownType(string name, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis("SQL0101", at, $"there is no type '{name}'", name is "ARRAY" or "MAP" or "STRUCT"
            ? "write the types of its parts: ARRAY<STRING>, MAP<STRING, INT>, STRUCT<name STRING>"
            : Names.DidYouMean(name, known) ?? $"types: {string.Join(", ", known)}");

    public static SqlException FieldTwice(string name, SourceSpan at) =>
        SqlException.Analysis("SQL0344", at, $"field '{name}' stands twice in the STRUCT type", "give each field its own name");

    public static SqlException UnknownProperty(string name, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0230", at, $"WITH knows no setting '{name}'", Names.DidYouMean(name, known) ?? $"settings: {string.Join(", ", known)}");

    public static SqlException DoubleProperty(string name, SourceSpan at) =>
        SqlException.Analysis("SQL0231", at, $"the setting '{name}' stands twice", "keep one of them");

    public static SqlException FormatTwice(SourceSpan at) =>
        SqlException.Analysis(
            "SQL0232", at, "FORMAT stands beside KEY_FORMAT or VALUE_FORMAT", "FORMAT sets both: write either FORMAT or the two others");

    public static SqlException WrongProperty(string name, string problem, SourceSpan at)
    {
        var parts = problem.Split("; ", 2);
        // ksqlDB reads these settings while it parses: hopping-windows.json, "import table with invalid window size".
        var isOfText = name is "WINDOW_TYPE" or "WINDOW_SIZE" or "TIMESTAMP_FORMAT";
        var phase = isOfText ? SqlPhase.Parse : SqlPhase.Analysis;
        return new(
            "SQL0233", phase, at, $"{name}: {parts[0]}", parts.Length > 1 ? parts[1] : "correct the setting or leave it out");
    }

    public static SqlException SizeOfSession(SourceSpan at) =>
        SqlException.Parse(
            "SQL0234", at, "'WINDOW_SIZE' should not be set for SESSION windows", "sessions have no fixed size: leave it out");

    public static SqlException SchemaRegistryFormat(string format, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0235", at, $"the format {format.ToUpperInvariant()} needs a schema registry, which SockSort does not have",
            "use JSON, DELIMITED or KAFKA");

    public static SqlException UnknownFormat(string format, SourceSpan at) =>
        SqlException.Analysis("SQL0236", at, $"there is no format '{format}'", "use JSON, DELIMITED, KAFKA or, for keys, NONE");

    public static SqlException FormatLacksType(FormatSpec format, SqlType type, string column, bool isKey, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0243",
            at,
            $"the {(isKey ? "key" : "value")} format '{format.Name}' cannot hold type '{type.Base.ToString().ToUpperInvariant()}' "
                + $"of column `{column}`",
            $"its type is {type}; use JSON");

    public static SqlException JsonMapKey(SqlType type, string column, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0244", at, $"JSON only holds MAP types with STRING keys, but column `{column}` has type {type}", "CAST the keys to STRING");

    public static SqlException FormatNoneWithColumns(IEnumerable<SourceColumn> columns, SourceSpan at)
    {
        var named = string.Join(", ", columns.Select(column => $"`{column.Name}` {column.Type}"));
        return SqlException.Analysis(
            "SQL0245", at, $"the format NONE holds no columns, but there is {named}", "use JSON, DELIMITED or KAFKA");
    }

    public static SqlException KafkaSingleColumn(IReadOnlyList<SourceColumn> columns, bool isKey, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0246",
            at,
            $"the {(isKey ? "key" : "value")} format 'KAFKA' holds a single column, not "
                + $"{string.Join(", ", columns.Select(column => $"`{column.Name}` {column.Type}"))}",
            "use JSON or DELIMITED");

    public static SqlException CannotWrap(FormatSpec format, bool wrapped, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0247", at, $"the format '{format.Name}' has no 'WRAP_SINGLE_VALUE' = {(wrapped ? "true" : "false")}", "leave it out");

    public static SqlException WrapOfMany(SourceSpan at) =>
        SqlException.Analysis("SQL0248", at, "'WRAP_SINGLE_VALUE' is only for a single value column", "leave it out");

    public static SqlException SourceNotFound(string name, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0105",
            at,
            $"'{name}' does not exist",
            Names.DidYouMean(name, known)
                ?? (known.Any()
                    ? $"streams and tables: {string.Join(", ", known)}"
                    : "there are no streams or tables yet: CREATE STREAM makes one"));
}
