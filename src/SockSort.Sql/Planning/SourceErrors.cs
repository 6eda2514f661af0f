using SockSort.Sql.Formats;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Planning;

/// <summary>The mistakes in CREATE STREAM and CREATE TABLE: columns, keys and timestamps.</summary>
internal static class SourceErrors
{
    public static SqlException HeadersTwice(string column, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0341", at, $"the schema contains a HEADERS column already; {column} would be another one of the same headers",
            "write one HEADERS column, or HEADER('name') once for each name");

    public static SqlException SchemaOfOtherFormat(string property, FormatSpec format, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0342", at, $"format {format.Name} does not support {property}", "it is for AVRO, PROTOBUF and JSON_SR; leave it out");

    public static SqlException WindowedWithoutKey(string name, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0305", at, $"the windowed source '{name}' has no key column", "windows are a part of the key: mark a column with KEY");

    public static SqlException HeaderType(string column, SqlType type, SqlType expected, string? key, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0306", at, $"the {(key is null ? "HEADERS" : $"HEADER('{key}')")} column {column} has type {type}",
            $"its type is {expected}");

    public static SqlException MissingProperty(string name, SourceSpan at) =>
        SqlException.Analysis("SQL0237", at, $"the setting {name} is missing", $"add it: WITH ({name} = '…')");

    public static SqlException ReservedName(string name, SourceSpan at) =>
        SqlException.Analysis("SQL0238", at, $"'{name}' is a reserved column name", "choose another name for the column");

    public static SqlException NoColumns(string name, SourceSpan at) =>
        SqlException.Analysis("SQL0239", at, $"no columns supplied for '{name}'", "list them: (name TYPE, …)");

    public static SqlException TableWithoutKey(SourceSpan at) =>
        SqlException.Analysis("SQL0240", at, "tables require a PRIMARY KEY", "mark the key column: (id STRING PRIMARY KEY, …)");

    public static SqlException KeyInTable(ColumnDefinition column) =>
        SqlException.Parse(
            "SQL0241", column.Span, $"column `{column.Name}` is a KEY column of a table",
            "tables have a PRIMARY KEY: their rows are one for each key");

    public static SqlException PrimaryKeyInStream(ColumnDefinition column) =>
        SqlException.Parse(
            "SQL0242", column.Span, $"column `{column.Name}` is a PRIMARY KEY column of a stream",
            "streams have a KEY: many records may share one");

    public static SqlException KeyFormatWithoutKey(SourceSpan at) =>
        SqlException.Analysis("SQL0249", at, "a key format is given, but the result has no key columns", "leave KEY_FORMAT out");

    public static SqlException DelimiterOfOtherFormat(FormatSpec format, string name, SourceSpan at) =>
        SqlException.Analysis("SQL0250", at, $"{format.Name} has no delimiter, so {name} means nothing", "leave it out, or use DELIMITED");

    public static SqlException StateNotDelimited(string function, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0251", at, $"the function {function} has an intermediate type that the value format DELIMITED cannot hold",
            "remove the function or choose another VALUE_FORMAT");

    public static SqlException NoTimestampColumn(string name, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0252", at, $"the TIMESTAMP column '{name}' does not exist",
            Names.DidYouMean(name, known) ?? $"columns: {string.Join(", ", known)}");

    public static SqlException WrongTimestampColumn(string name, SqlType type, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0253", at, $"the timestamp column `{name}` has type {type}",
            "it should be BIGINT (LONG), TIMESTAMP, or a STRING with TIMESTAMP_FORMAT");
}
